package io.vellamo.servers.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A main class with its class path and the options of its JVM, which is small and compiles quickly
 * rather than well.
 *
 * <p><b>Threading</b> Immutable; safe to share.
 */
public final class JvmProgram {
  /** A run of a program whose classes are archived. */
  @FunctionalInterface
  public interface Recording {
    /**
     * Starts the program and waits until it has ended by itself.
     *
     * @param program the program to start
     * @throws Exception if it fails
     */
    void run(JvmProgram program) throws Exception;
  }

  private static final List<String> SMALL =
      List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** Without warnings of classes that an archive can't hold. */
  private static final String QUIET = "-Xlog:cds=off,cds+dynamic=off,class+load=off";

  private final String mainClass;
  private final String classPath;
  private final List<String> options;

  private JvmProgram(String mainClass, String classPath, List<String> options) {
    this.mainClass = mainClass;
    this.classPath = classPath;
    this.options = List.copyOf(options);
  }

  /**
   * Returns a program on the class path of this JVM.
   *
   * @param mainClass a class with a main method
   * @return a program with a heap of at most 192 MB
   */
  public static JvmProgram of(Class<?> mainClass) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new JvmProgram(mainClass.getName(), classPath, SMALL);
  }

  /**
   * Returns the program with further options of the JVM.
   *
   * @param further the options, which take effect over earlier ones
   * @return a copy
   */
  public JvmProgram withOptions(String... further) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(further));
    return new JvmProgram(mainClass, classPath, all);
  }

  /**
   * Returns the program with an archive of the classes that a run loads, from which later runs
   * start in a fraction of the time. An archive can't hold classes of directories, so the
   * directories of the class path are packed into files first.
   *
   * <p><b>Cost</b> A run of the program, and some seconds.
   *
   * @param directory where the archive and the packed directories are written
   * @param recording runs the program once
   * @return a copy that uses the archive
   * @throws Exception if a file can't be written, or {@code recording} throws
   */
  public JvmProgram withSharedClasses(Path directory, Recording recording) throws Exception {
    Path archive = directory.resolve("classes.jsa");
    JvmProgram packed =
        new JvmProgram(mainClass, PackedClassPath.pack(classPath, directory), options);
    recording.run(packed.withOptions("-XX:ArchiveClassesAtExit=" + archive, QUIET));
    if (!Files.exists(archive)) {
      throw new IOException(
          "The recorded run must end by itself and write an archive, found no [%s]"
              .formatted(archive));
    }
    return packed.withOptions("-XX:SharedArchiveFile=" + archive, QUIET);
  }

  /**
   * Starts the program.
   *
   * @param arguments the arguments of the main method
   * @param log a file to which the process's output is appended
   * @param lines is called with each line of the output, by a thread of the process
   * @return the running process
   * @throws IOException if the process can't be started
   */
  public JvmProcess start(List<String> arguments, Path log, Consumer<String> lines)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    return JvmProcess.start(command, log, lines);
  }
}
