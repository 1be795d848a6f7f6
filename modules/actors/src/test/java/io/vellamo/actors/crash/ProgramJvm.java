package io.vellamo.actors.crash;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * JVMs that run a program of this module and start quickly: the first one leaves an archive of its
 * loaded classes to the others.
 */
final class ProgramJvm {
  private static final List<String> FLAGS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");

  private final Path archive;
  private final String classPath;

  private ProgramJvm(Path archive, String classPath) {
    this.archive = archive;
    this.classPath = classPath;
  }

  /**
   * Prepares a class path that classes can be archived of: of jars, as the JVM archives no classes
   * of directories.
   */
  static ProgramJvm in(Path directory) throws IOException {
    Files.createDirectories(directory);
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> jars = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        jars.add(pack(path, directory.resolve("%d.jar".formatted(jars.size()))).toString());
      } else if (Files.exists(path)) {
        jars.add(entry);
      }
    }
    return new ProgramJvm(directory.resolve("classes.jsa"), String.join(File.pathSeparator, jars));
  }

  private static Path pack(Path directory, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(directory)) {
      entries.setLevel(0);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
    return jar;
  }

  /** Returns the command of a program; its first run, which must not be killed, archives. */
  List<String> command(List<String> properties, Class<?> program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(FLAGS);
    command.add(
        (Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + archive);
    // Old classes can't be archived, which is worth no warning.
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr", "-cp", classPath));
    command.addAll(properties);
    command.add(program.getName());
    command.addAll(arguments);
    return command;
  }
}
