/// The simulated world.
package dev.kith.testing;
