package dev.kith.registrar.jgroups;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.SYM_ENCRYPT;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.protocols.raft.NO_DUPES;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.protocols.raft.REDIRECT;
import org.jgroups.stack.Protocol;

/// The protocols of a channel, from the socket up.
final class Stack {
  private static final String CIPHER = "AES/CBC/PKCS5Padding";
  private static final int BLOCK_BYTES = 16;
  private static final long JOIN_MILLIS = 1_000;
  private static final long MERGE_MIN_MILLIS = 500;
  private static final long MERGE_MAX_MILLIS = 1_500;
  private static final long VERIFY_MILLIS = 500;

  /// Raft's leader sends again what was not acknowledged when nothing else was to be done for so
  /// long; with the standard second, renewals would keep it busy for ever.
  private static final long IDLE_MILLIS = 100;

  private Stack() {}

  /// A channel that is not connected yet.
  ///
  /// @param own this node's link address
  static JChannel channel(JGroupsSpec spec, Voters voters, String own) throws Exception {
    InetSocketAddress at = Voters.channel(own);
    if (spec.secret().isNone()
        && spec.certificates().isEmpty()
        && !at.getAddress().isLoopbackAddress()) {
      throw new IOException(
          "beyond this machine it needs a secret or certificates, or anybody could take part");
    }
    List<Protocol> protocols = new ArrayList<>();
    TCP tcp = transport(at);
    if (spec.certificates().isPresent()) {
      tcp.setSocketFactory(TlsSockets.of(spec.certificates().get()));
    }
    protocols.add(tcp);
    protocols.add(new TCPPING().initialHosts(voters.channels()).portRange(0));
    protocols.add(new MERGE3().setMinInterval(MERGE_MIN_MILLIS).setMaxInterval(MERGE_MAX_MILLIS));
    long silence = spec.timing().timeout().toMillis() / 2;
    protocols.add(new FD_ALL3().setTimeout(silence).setInterval(silence / 4));
    protocols.add(new VERIFY_SUSPECT2().setTimeout(VERIFY_MILLIS));
    if (!spec.secret().isNone()) {
      protocols.add(encryption(spec));
    }
    protocols.addAll(
        List.of(
            new NAKACK2(),
            new UNICAST3(),
            new STABLE(),
            new NO_DUPES(),
            new GMS().printLocalAddress(false).setJoinTimeout(JOIN_MILLIS),
            new UFC(),
            new FRAG4(),
            new Election(),
            raft(spec, voters, own),
            new REDIRECT()));
    return new JChannel(protocols).setName(voters.nameOf(own));
  }

  /// Listens at this address alone; where the machine does not have it, as behind a translator of
  /// addresses, at all of them.
  private static TCP transport(InetSocketAddress at) throws Exception {
    TCP tcp = new TCP();
    tcp.setBindPort(at.getPort());
    tcp.setPortRange(0);
    if (NetworkInterface.getByInetAddress(at.getAddress()) == null) {
      tcp.setBindAddress(new InetSocketAddress(0).getAddress());
      tcp.setExternalAddr(at.getAddress());
      tcp.setExternalPort(at.getPort());
    } else {
      tcp.setBindAddress(at.getAddress());
    }
    return tcp;
  }

  private static SYM_ENCRYPT encryption(JGroupsSpec spec) {
    SecretKey key = new SecretKeySpec(spec.secret().derived("jgroups"), "AES");
    SYM_ENCRYPT encryption = new SYM_ENCRYPT().setSecretKey(key);
    encryption.symAlgorithm(CIPHER).symIvLength(BLOCK_BYTES);
    return encryption;
  }

  private static RAFT raft(JGroupsSpec spec, Voters voters, String own) throws Exception {
    return new MatchingRaft()
        .members(voters.addresses())
        .raftId(voters.nameOf(own))
        .logDir(spec.folder().resolve(voters.cluster()).toString())
        .logUseFsync(true)
        .sendCommitsImmediately(true)
        .resendInterval(IDLE_MILLIS);
  }
}
