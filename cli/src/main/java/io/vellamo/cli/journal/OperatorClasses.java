package io.vellamo.cli.journal;

import io.vellamo.replay.ReplacementProvider;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The class path of a changed function, in addition to that of the command line. */
final class OperatorClasses implements AutoCloseable {
  private final URLClassLoader loader;

  private OperatorClasses(URLClassLoader loader) {
    this.loader = loader;
  }

  /** Opens a class path: directories and jars, {@code DIR/*} for all jars of a directory. */
  static OperatorClasses of(String classpath) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : classpath.split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        for (Path path : paths(entry)) {
          urls.add(path.toUri().toURL());
        }
      }
    }
    return new OperatorClasses(
        new URLClassLoader(urls.toArray(new URL[0]), OperatorClasses.class.getClassLoader()));
  }

  private static List<Path> paths(String entry) throws IOException {
    boolean all = entry.endsWith("*");
    Path path = Path.of(all ? entry.substring(0, entry.length() - 1) : entry);
    if (!Files.exists(path)) {
      throw new BadUsageException(
          "--classpath must name what exists, found nothing at [%s]; build it, or correct the path"
              .formatted(path.toAbsolutePath()));
    }
    if (!all) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  ClassLoader loader() {
    return loader;
  }

  /** Creates an instance of a class that supplies a changed function. */
  ReplacementProvider provider(String className) {
    try {
      Class<?> type = Class.forName(className, true, loader);
      if (!ReplacementProvider.class.isAssignableFrom(type)) {
        throw new BadUsageException(
            "--operator must implement [%s], [%s] does not"
                .formatted(ReplacementProvider.class.getName(), className));
      }
      return (ReplacementProvider) type.getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new BadUsageException(
          "--operator must be on --classpath, found no class [%s]; add where it is"
              .formatted(className));
    } catch (ReflectiveOperationException e) {
      throw new BadUsageException(
          "--operator must have a public constructor without arguments that works, [%s] has [%s]"
              .formatted(className, e));
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
