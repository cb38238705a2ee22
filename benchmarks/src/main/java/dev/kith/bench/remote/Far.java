package dev.kith.bench.remote;

import dev.kith.bench.remote.artery.ArteryFar;
import dev.kith.bench.remote.kith.KithFar;
import dev.kith.bench.remote.netty.NettyFar;
import java.io.OutputStream;
import java.util.List;

/// The program of a far side.
public final class Far {
  private Far() {}

  /// Serves until its input ends, which it does with who started it.
  public static void main(String[] arguments) throws Exception {
    List<String> rest = List.of(arguments).subList(1, arguments.length);
    String address =
        switch (arguments[0]) {
          case KithFar.NAME -> KithFar.serve(rest);
          case ArteryFar.NAME -> ArteryFar.serve();
          case NettyFar.NAME -> NettyFar.serve();
          default -> throw new IllegalArgumentException("who is " + arguments[0] + "?");
        };
    System.out.println(FarSide.READY + address);
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }
}
