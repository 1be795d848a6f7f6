package io.vellamo.checks.pages;

import io.vellamo.checks.Repository;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * A local Maven repository in which Vellamo is installed as it has just been built. All else is in
 * the repository of the build that runs the tests, to which links lead: nothing is downloaded
 * twice, and nothing of Vellamo gets into that repository.
 */
final class LocalRepository {
  private LocalRepository() {}

  /** Creates the repository. */
  static void create(Path directory, Path ofTheBuild) throws IOException {
    Path io = Files.createDirectories(directory.resolve("io"));
    link(directory, ofTheBuild);
    link(io, ofTheBuild.resolve("io"));
    install(io, "vellamo-parent", Repository.root());
    for (Path module : ParentPom.published()) {
      install(io, ParentPom.artifact(module), module);
    }
  }

  private static void link(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.list(to)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        String name = entry.getFileName().toString();
        if (!name.equals("io") && !name.equals("vellamo")) {
          createLink(from.resolve(name), entry);
        }
      }
    }
  }

  private static void createLink(Path link, Path target) throws IOException {
    try {
      Files.createSymbolicLink(link, target);
    } catch (FileAlreadyExistsException e) {
      // From an earlier run.
    }
  }

  private static void install(Path io, String artifact, Path module) throws IOException {
    String version = ParentPom.version();
    Path directory =
        Files.createDirectories(io.resolve("vellamo").resolve(artifact).resolve(version));
    String name = artifact + "-" + version;
    String pom = ParentPom.read(module.resolve("pom.xml"));
    Files.writeString(directory.resolve(name + ".pom"), pom);
    if (!pom.contains("<packaging>pom</packaging>")) {
      // An artifact that only depends on others has no classes.
      Path classes = Files.createDirectories(module.resolve("target/classes"));
      jar(directory.resolve(name + ".jar"), classes);
    }
  }

  private static void jar(Path jar, Path classes) {
    List<String> arguments =
        List.of("--create", "--file", jar.toString(), "-C", classes.toString(), ".");
    int exit =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new));
    if (exit != 0) {
      throw new AssertionError("jar must create [%s], exit code was [%d]".formatted(jar, exit));
    }
  }
}
