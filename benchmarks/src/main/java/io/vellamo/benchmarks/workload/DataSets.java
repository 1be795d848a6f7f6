package io.vellamo.benchmarks.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The data sets below a directory, each created on first use, with its expected rows. */
public final class DataSets {
  private DataSets() {}

  /** Creates the missing files of a data set, and the checksum that a workload must give on it. */
  public static void make(Workload workload, DataSet data, Path root) throws IOException {
    Files.createDirectories(root);
    for (int part = 0; part < DataSet.PARTS && isOfFiles(workload); part++) {
      if (!Files.exists(data.part(root, part))) {
        new DataSetWriter(data).write(root);
        break;
      }
    }
    Path expected = expectedFile(workload, data, root);
    if (!Files.exists(expected)) {
      // Whole or not at all: another process may be about to read it.
      Path unfinished = Files.createTempFile(root, "expected-", ".tmp");
      Files.writeString(unfinished, Oracle.of(workload, data, root).toString());
      Files.move(unfinished, expected, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * Creates the missing files in a separate process, so that the memory and the CPU time of this
   * one are those of its runs alone.
   */
  public static void makeApart(Workload workload, DataSet data, Path root)
      throws IOException, InterruptedException {
    if (Files.exists(expectedFile(workload, data, root))) {
      return;
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(DataSets.class.getName());
    command.addAll(List.of(workload.name(), root.toString()));
    command.addAll(List.of(Long.toString(data.keys()), Integer.toString(data.events())));
    command.add(data.skew().toString());
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IllegalStateException(
          "the process that makes data set [%s] must end well, its exit code was [%d]"
              .formatted(data.directory(root), exit));
    }
  }

  /** Creates the missing files; the main method of the separate process. */
  public static void main(String[] args) throws IOException {
    Workload workload = Workload.valueOf(args[0]);
    DataSet data =
        DataSet.of(
            workload, Long.parseLong(args[2]), Integer.parseInt(args[3]), Skew.parse(args[4]));
    make(workload, data, Path.of(args[1]));
  }

  /** Returns the expected checksum, in the form of {@link Checksum#toString}. */
  public static String expected(Workload workload, DataSet data, Path root) throws IOException {
    return Files.readString(expectedFile(workload, data, root));
  }

  private static Path expectedFile(Workload workload, DataSet data, Path root) {
    return isOfFiles(workload)
        ? data.directory(root).resolve(workload + ".expected")
        : root.resolve(workload + "-n" + data.events() + ".expected");
  }

  private static boolean isOfFiles(Workload workload) {
    return workload.input() == Workload.Input.DATA_SET;
  }
}
