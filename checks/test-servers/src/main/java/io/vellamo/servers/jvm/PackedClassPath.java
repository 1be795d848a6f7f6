package io.vellamo.servers.jvm;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A class path whose directories are packed into files. */
final class PackedClassPath {
  private PackedClassPath() {}

  /**
   * Packs the directories of a class path.
   *
   * @param directory where the files are written
   * @return a class path of files only; entries that don't exist are left out, and so are empty
   *     ones, which mean the working directory
   */
  static String pack(String classPath, Path directory) throws IOException {
    List<String> packed = new ArrayList<>();
    for (String each : classPath.split(File.pathSeparator, -1)) {
      if (each.isEmpty()) {
        continue;
      }
      Path entry = Path.of(each);
      if (Files.isDirectory(entry)) {
        Path file = directory.resolve("classes-" + packed.size() + ".jar");
        pack(entry, file);
        packed.add(file.toString());
      } else if (Files.exists(entry)) {
        packed.add(entry.toString());
      }
    }
    return String.join(File.pathSeparator, packed);
  }

  private static void pack(Path directory, Path file) throws IOException {
    List<Path> contents;
    try (Stream<Path> files = Files.walk(directory)) {
      contents = files.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream bytes = Files.newOutputStream(file);
        JarOutputStream out = new JarOutputStream(bytes)) {
      out.setLevel(0);
      for (Path each : contents) {
        String name = directory.relativize(each).toString().replace(File.separatorChar, '/');
        out.putNextEntry(new JarEntry(name));
        Files.copy(each, out);
        out.closeEntry();
      }
    }
  }
}
