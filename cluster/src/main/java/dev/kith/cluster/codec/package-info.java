/// How messages become bytes: [ForyCodec][dev.kith.cluster.codec.ForyCodec], small and fast, and
/// [CborCodec][dev.kith.cluster.codec.CborCodec], which every language can read.
package dev.kith.cluster.codec;
