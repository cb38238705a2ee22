package dev.kith.registrar.zookeeper;

import dev.kith.cluster.registrar.Member;

/// A member, and the session in which it is one.
record Presence(Member member, Session session) {}
