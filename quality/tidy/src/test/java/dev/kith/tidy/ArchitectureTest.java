package dev.kith.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.kith.tidy.fixture.chicken.Chicken;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The parts and who may use whom, read from the classes.
class ArchitectureTest {
  @Test
  @Tag("slow")
  void packagesAreFreeOfCycles() throws IOException {
    assertThat(violations(freeOfCycles("dev.kith.(*).."), shipped())).isEmpty();
  }

  @Test
  void findsACycle() {
    var fixture = new ClassFileImporter().importPackagesOf(Chicken.class);
    var both = new ClassFileImporter().importPackages("dev.kith.tidy.fixture..");

    assertThat(violations(freeOfCycles("dev.kith.tidy.fixture.(*).."), both)).hasSize(1);
    assertThat(violations(freeOfCycles("dev.kith.tidy.fixture.(*).."), fixture)).isEmpty();
  }

  /// A supervisor is a server without privileges: anybody could have written it.
  @Test
  void supervisionUsesWhatAnybodyCanUse() throws IOException {
    var rule = usesOnlyExported("dev.kith.supervision", exportsOf("core"));

    assertThat(violations(rule, shipped())).isEmpty();
  }

  @Test
  void findsAUseOfWhatIsNotExported() {
    var both = new ClassFileImporter().importPackages("dev.kith.tidy.fixture..");
    var egg = "dev.kith.tidy.fixture.egg";
    var chicken = "dev.kith.tidy.fixture.chicken";

    assertThat(violations(usesOnlyExported(chicken, Set.of(egg)), both)).isEmpty();
    assertThat(violations(usesOnlyExported(chicken, Set.of()), both)).isNotEmpty();
  }

  private static ArchRule freeOfCycles(String packages) {
    return slices().matching(packages).should().beFreeOfCycles().allowEmptyShould(true);
  }

  private static ArchRule usesOnlyExported(String from, Set<String> exported) {
    return classes()
        .that()
        .resideInAPackage(from)
        .should()
        .onlyDependOnClassesThat(
            describe("anybody can use", to -> isOpenTo(from, to.getBaseComponentType(), exported)))
        .allowEmptyShould(true);
  }

  private static boolean isOpenTo(String from, JavaClass to, Set<String> exported) {
    var home = to.getPackageName();
    return !home.startsWith("dev.kith.") || home.equals(from) || exported.contains(home);
  }

  private static Set<String> exportsOf(String module) throws IOException {
    try (var in = Files.newInputStream(classesOf(module).resolve("module-info.class"))) {
      return ModuleDescriptor.read(in).exports().stream()
          .filter(export -> !export.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .collect(toSet());
    }
  }

  private static JavaClasses shipped() throws IOException {
    try (Stream<Path> folders = Files.list(Project.root())) {
      var compiled =
          folders
              .map(folder -> classesOf(folder.getFileName().toString()))
              .filter(Files::isDirectory)
              .toList();
      return new ClassFileImporter().importPaths(compiled);
    }
  }

  private static Path classesOf(String module) {
    return Project.root().resolve(module).resolve("target/classes");
  }

  private static List<String> violations(ArchRule rule, JavaClasses classes) {
    return rule.evaluate(classes).getFailureReport().getDetails();
  }
}
