package dev.kith.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A type is named after what it is in the domain; these words say nothing about that.
class NamesTest {
  private static final Set<String> SAY_NOTHING =
      Set.of(
          "Manager",
          "Helper",
          "Util",
          "Utils",
          "Impl",
          "Base",
          "Abstract",
          "Data",
          "Info",
          "Wrapper",
          "Processor",
          "Handler",
          "Actor");

  @Test
  void noTypeIsNamedByAWordThatSaysNothing() {
    var allowances = new Allowances(Allowances.NAMES);

    assertThat(namedByNothing(Project.sources(), allowances)).isEmpty();
    assertThat(allowances.unused()).isEmpty();
  }

  @Test
  void findsSuchATypeWhereverItIsNested() {
    var source = Source.of("A.java", "class Room { record RoomManager() {} enum AbstractRoom {} }");

    assertThat(namedByNothing(List.of(source), new Allowances(List.of())))
        .containsExactly(
            "A.java:1: RoomManager is named by a word that says nothing",
            "A.java:1: AbstractRoom is named by a word that says nothing");
  }

  @Test
  void looksAtWholeWordsOnly() {
    var source = Source.of("A.java", "class Database { class Factor {} class HandlerCount {} }");

    assertThat(namedByNothing(List.of(source), new Allowances(List.of()))).isEmpty();
  }

  private static List<String> namedByNothing(List<Source> sources, Allowances allowances) {
    var violations = new ArrayList<String>();
    for (var source : sources) {
      source.types().stream()
          .filter(type -> saysNothing(type.name()) && !allowances.allow(source, type.name()))
          .map(type -> type.at(type.name() + " is named by a word that says nothing"))
          .forEach(violations::add);
    }
    return violations;
  }

  private static boolean saysNothing(String name) {
    var words = List.of(name.split("(?=[A-Z])"));
    return SAY_NOTHING.contains(words.getLast()) || words.getFirst().equals("Abstract");
  }
}
