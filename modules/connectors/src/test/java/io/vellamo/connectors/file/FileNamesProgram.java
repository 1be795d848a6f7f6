package io.vellamo.connectors.file;

import io.vellamo.api.source.OffsetRange;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the files of a folder in a JVM of its own, and prints them. */
final class FileNamesProgram {
  private FileNamesProgram() {}

  record Word(String text) {}

  @SuppressWarnings("SystemOut") // what the test reads
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(System.getProperty("sun.jnu.encoding"));
    FileSource<Word> source = JsonLines.source(Path.of(args[0]), Word.class);
    List<OffsetRange> ranges = new ArrayList<>();
    try (Opened<Word> opened = Opened.bounded(source)) {
      List<OffsetRange> planned = opened.epoch(2);
      while (!planned.isEmpty()) {
        ranges.addAll(planned);
        planned = opened.epoch(2);
      }
      opened.events.forEach(word -> out.println(word.text()));
      try (Opened<Word> again = Opened.endlessFrom(opened.position, source)) {
        out.println("more: " + again.everything().events.size());
      }
    }
    ranges.forEach(range -> out.println(range.partition()));
  }
}
