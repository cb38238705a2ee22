package dev.kith.registrar.jgroups;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/*
 *   "KITH", 4 bytes │ format │ voters │ stage │ address │ list: length, addresses │ proof, 32 bytes, with a secret
 *
 * Numbers are single bytes, text is as DataOutput writes it. The proof is an HMAC (RFC 2104) with SHA-256 of all that
 * is before it. What beacons say never becomes untrue, but for candidates, which decide nothing that a list accepted
 * elsewhere does not overrule; so one that somebody repeats does no harm.
 */
/// What a node tells all that listen, in one datagram.
///
/// @param voters how many vote, as it was told
/// @param address its link address
/// @param stage how far it is
/// @param list of that stage
record Beacon(int voters, String address, Stage stage, List<String> list) {
  /// All of it, in bytes: what every network carries in one piece.
  static final int BYTES_MAX = 1_200;

  private static final int MAGIC = 0x4B495448;
  private static final int FORMAT = 1;
  private static final int PROOF_BYTES = 32;
  private static final String PROOF = "HmacSHA256";

  Beacon {
    list = List.copyOf(list);
  }

  /// How far a node is.
  enum Stage {
    /// It has not decided: the list is of those that it would take.
    GATHERING('g'),
    /// It will never accept another list; as long as not all on it have, it decides nothing.
    ACCEPTED('a'),
    /// All on the list have accepted it, for ever.
    HELD('h');

    private final char letter;

    Stage(char letter) {
      this.letter = letter;
    }

    static Stage of(int letter) throws IOException {
      for (Stage stage : values()) {
        if (stage.letter == letter) {
          return stage;
        }
      }
      throw new IOException("no stage " + letter);
    }
  }

  /// This, to be sent.
  ///
  /// @throws IOException if it is too long
  byte[] bytes(Optional<SecretKey> key) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeByte(FORMAT);
    out.writeByte(voters);
    out.writeByte(stage.letter);
    out.writeUTF(address);
    out.writeByte(list.size());
    for (String one : list) {
      out.writeUTF(one);
    }
    if (key.isPresent()) {
      out.write(proof(key.get(), bytes.toByteArray(), bytes.size()));
    }
    if (bytes.size() > BYTES_MAX) {
      throw new IOException("the addresses of the voters are too long for one datagram: " + list);
    }
    return bytes.toByteArray();
  }

  /// What was sent.
  ///
  /// @return empty if it is something else, or not proved
  static Optional<Beacon> of(byte[] bytes, Optional<SecretKey> key) {
    int length = key.isPresent() ? bytes.length - PROOF_BYTES : bytes.length;
    if (length < 0 || (key.isPresent() && !isProved(key.get(), bytes, length))) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(new DataInputStream(new ByteArrayInputStream(bytes, 0, length))));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Beacon read(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC || in.readByte() != FORMAT) {
      throw new IOException("something else");
    }
    int voters = in.readByte();
    Stage stage = Stage.of(in.readByte());
    String address = address(in);
    List<String> list = new ArrayList<>();
    for (int i = in.readUnsignedByte(); i > 0; i--) {
      list.add(address(in));
    }
    if (in.available() > 0) {
      throw new IOException("more than there should be");
    }
    return new Beacon(voters, address, stage, list);
  }

  private static String address(DataInputStream in) throws IOException {
    String address = in.readUTF();
    if (!Voters.isAddress(address)) {
      throw new IOException("no address: " + address);
    }
    return address;
  }

  private static boolean isProved(SecretKey key, byte[] bytes, int length) {
    byte[] proof = new byte[PROOF_BYTES];
    System.arraycopy(bytes, length, proof, 0, PROOF_BYTES);
    return MessageDigest.isEqual(proof, proof(key, bytes, length));
  }

  private static byte[] proof(SecretKey key, byte[] bytes, int length) {
    try {
      Mac mac = Mac.getInstance(PROOF);
      mac.init(key);
      mac.update(bytes, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + PROOF, e);
    }
  }
}
