package dev.kith.tidy;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What is public is worth a reader's time: it says what it is, and the tour of its package
/// (package-info) leads there.
class TourTest {
  @Test
  void everyPublicTypeIsDocumentedAndOnItsPackagesTour() {
    var shipped = Project.sources().stream().filter(Source::isShipped).toList();

    assertThat(leftOut(shipped)).isEmpty();
  }

  @Test
  void findsWhatTheTourLeavesOut() {
    var sources =
        List.of(
            Source.of("a/package-info.java", "/// Read [Room].\npackage a;"),
            Source.of("a/Room.java", "package a; /// A room.\npublic class Room {}"),
            Source.of("a/Door.java", "package a; /// A door.\npublic class Door {}"),
            Source.of("a/Wall.java", "package a; /// A wall.\nclass Wall {}"));

    assertThat(leftOut(sources)).containsExactly("a/Door.java:2: not on the tour of package a");
  }

  @Test
  void findsAPackageWithoutTourAndATypeWithoutWords() {
    var source = Source.of("b/Room.java", "package b; public class Room {}");

    assertThat(leftOut(List.of(source)))
        .containsExactly(
            "b/Room.java:1: not on the tour of package b", "b/Room.java:1: says not what it is");
  }

  private static List<String> leftOut(List<Source> sources) {
    var tours =
        sources.stream()
            .filter(source -> source.name().equals("package-info"))
            .collect(toMap(Source::packageName, identity()));
    var violations = new ArrayList<String>();
    for (var source : sources) {
      var tour = tours.get(source.packageName());
      for (var type : source.publicTopLevelTypes()) {
        if (tour == null || !mentions(tour, type.name())) {
          violations.add(type.at("not on the tour of package " + source.packageName()));
        }
        if (!source.isDocumented(type.tree())) {
          violations.add(type.at("says not what it is"));
        }
      }
    }
    return violations;
  }

  private static boolean mentions(Source tour, String type) {
    return Pattern.compile("\\b" + type + "\\b").matcher(tour.text()).find();
  }
}
