package dev.kith.cluster.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.wire.node.Codec;
import dev.kith.wire.node.Output;
import dev.kith.wire.node.Types;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// B5: two releases of one program talk, though a record has one component more in the newer.
class EvolutionTest {
  private final Node node = Node.start(NodeName.of("here"));

  @TempDir private Path folder;

  static List<BiFunction<Types, Node, Codec>> codecs() {
    return List.of((types, node) -> new ForyCodec(types, node).tolerant(), CborCodec::new);
  }

  @AfterEach
  void close() {
    node.close();
  }

  /// A release: the class `release.Order` with these components.
  private Class<?> release(String name, String components) throws Exception {
    Path home = folder.resolve(name);
    Path source = home.resolve("release/Order.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "package release; public record Order(" + components + ") {}");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", home.toString(), source.toString());
    assertThat(failed).isZero();
    return load(home);
  }

  private static Class<?> load(Path home) throws IOException, ClassNotFoundException {
    return Class.forName(
        "release.Order", true, new URLClassLoader(new URL[] {home.toUri().toURL()}));
  }

  private Object sent(
      BiFunction<Types, Node, Codec> kind, Class<?> from, Class<?> to, Object... values)
      throws Exception {
    Object order = from.getDeclaredConstructors()[0].newInstance(values);
    Output out = new Output();
    kind.apply(Types.of(from), node).encode(order, out);
    return kind.apply(Types.of(to), node).decode(to, out.array(), 0, out.size());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void whatTheOtherDoesNotKnowIsLeftOut(BiFunction<Types, Node, Codec> kind) throws Exception {
    Class<?> older = release("1", "String item, int count");
    Class<?> newer = release("2", "String item, int count, String note, long price");
    assertThat(Types.of(older).hash()).isNotEqualTo(Types.of(newer).hash());
    assertThat(sent(kind, older, newer, "tea", 3))
        .hasToString("Order[item=tea, count=3, note=null, price=0]");
    assertThat(sent(kind, newer, older, "tea", 3, "soon", 5L))
        .hasToString("Order[item=tea, count=3]");
  }
}
