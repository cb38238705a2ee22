package dev.kith.tidy;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// One Java file, parsed by javac but not attributed: what stands in it, and in which line.
final class Source {
  private final String path;
  private final String text;
  private final CompilationUnitTree unit;
  private final DocTrees docs;

  private Source(Text file, CompilationUnitTree unit, DocTrees docs) {
    this.path = file.path;
    this.text = file.text;
    this.unit = unit;
    this.docs = docs;
  }

  /// A file that exists only in a test.
  static Source of(String path, String text) {
    return parse(List.of(new Text(path, text))).getFirst();
  }

  static List<Source> parse(List<Text> files) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var task = (JavacTask) compiler.getTask(null, null, null, List.of(), null, files);
    var docs = DocTrees.instance(task);
    var sources = new ArrayList<Source>();
    try {
      Iterator<? extends CompilationUnitTree> units = task.parse().iterator();
      files.forEach(file -> sources.add(new Source(file, units.next(), docs)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  /// From the root of the project, with slashes.
  String path() {
    return path;
  }

  String text() {
    return text;
  }

  List<String> lines() {
    return text.lines().toList();
  }

  String packageName() {
    return String.valueOf(unit.getPackageName());
  }

  boolean isShipped() {
    return path.contains("src/main/java/") && !path.startsWith("quality/");
  }

  /// The name of the file without its ending.
  String name() {
    return path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
  }

  /// Every type, nested ones too.
  List<Found<ClassTree>> types() {
    return find(
        new Finder<ClassTree>() {
          @Override
          public Void visitClass(ClassTree tree, BiConsumer<String, ClassTree> found) {
            if (!tree.getSimpleName().isEmpty()) {
              found.accept(tree.getSimpleName().toString(), tree);
            }
            return super.visitClass(tree, found);
          }
        });
  }

  List<Found<ClassTree>> publicTopLevelTypes() {
    return types().stream()
        .filter(type -> unit.getTypeDecls().contains(type.tree()))
        .filter(type -> type.tree().getModifiers().getFlags().contains(Modifier.PUBLIC))
        .toList();
  }

  boolean isDocumented(Tree tree) {
    return docs.getDocComment(TreePath.getPath(unit, tree)) != null;
  }

  /// Every method, named `Type.method`.
  List<Found<MethodTree>> methods() {
    return find(
        new Finder<MethodTree>() {
          @Override
          public Void visitMethod(MethodTree tree, BiConsumer<String, MethodTree> found) {
            found.accept(enclosingType() + "." + tree.getName(), tree);
            return super.visitMethod(tree, found);
          }

          private String enclosingType() {
            return ((ClassTree) getCurrentPath().getParentPath().getLeaf())
                .getSimpleName()
                .toString();
          }
        });
  }

  /// Every call, method reference and creation, as `System.nanoTime` or `new Socket`.
  List<Found<Tree>> calls() {
    return find(
        new Finder<Tree>() {
          @Override
          public Void visitMethodInvocation(
              MethodInvocationTree tree, BiConsumer<String, Tree> found) {
            found.accept(tree.getMethodSelect().toString(), tree);
            return super.visitMethodInvocation(tree, found);
          }

          @Override
          public Void visitMemberReference(
              MemberReferenceTree tree, BiConsumer<String, Tree> found) {
            found.accept(tree.getQualifierExpression() + "." + tree.getName(), tree);
            return super.visitMemberReference(tree, found);
          }

          @Override
          public Void visitNewClass(NewClassTree tree, BiConsumer<String, Tree> found) {
            found.accept("new " + tree.getIdentifier(), tree);
            return super.visitNewClass(tree, found);
          }
        });
  }

  /// Every type that is caught, as written.
  List<Found<Tree>> catches() {
    return find(
        new Finder<Tree>() {
          @Override
          public Void visitCatch(CatchTree tree, BiConsumer<String, Tree> found) {
            var type = tree.getParameter().getType();
            if (type instanceof UnionTypeTree union) {
              union.getTypeAlternatives().forEach(one -> found.accept(one.toString(), tree));
            } else {
              found.accept(type.toString(), tree);
            }
            return super.visitCatch(tree, found);
          }
        });
  }

  private <T extends Tree> List<Found<T>> find(Finder<T> finder) {
    var found = new ArrayList<Found<T>>();
    finder.scan(unit, (name, tree) -> found.add(found(name, tree)));
    return found;
  }

  private <T extends Tree> Found<T> found(String name, T tree) {
    SourcePositions positions = docs.getSourcePositions();
    long start = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
    long end = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
    return new Found<>(path, (int) start, (int) (end - start + 1), name, tree);
  }

  @Override
  public String toString() {
    return path;
  }

  private abstract static class Finder<T extends Tree>
      extends TreePathScanner<Void, BiConsumer<String, T>> {}

  /// Something that stands in a source.
  record Found<T extends Tree>(String path, int line, int length, String name, T tree) {
    String at(String problem) {
      return "%s:%d: %s".formatted(path, line, problem);
    }
  }

  /// A file as javac wants to be given it.
  static final class Text extends SimpleJavaFileObject {
    private final String path;
    private final String text;

    Text(String path, String text) {
      super(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE);
      this.path = path;
      this.text = text;
    }

    @Override
    public String getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
