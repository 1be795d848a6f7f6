package io.vellamo.connectors.file;

import io.vellamo.api.source.EventSource;
import io.vellamo.testkit.ManualClock;
import io.vellamo.testkit.contract.SourceContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

final class FileSourceContractTest {
  record Word(int number, String text) {}

  @TempDir Path folder;

  private int added;

  private String nextJson() {
    return "{\"number\":%d,\"text\":\"wörd\"}\n".formatted(added++);
  }

  private String nextCsv() {
    return "%d,\"wörd \"\"x\"\",\n\"\n".formatted(added++);
  }

  private static void append(Path file, String text) throws Exception {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Nested
  final class OneGrowingFile extends SourceContract<Word> {
    @Override
    protected EventSource<Word> createSource(ManualClock clock) throws Exception {
      append(folder.resolve("words.log"), "");
      return JsonLines.source(folder.resolve("words.log"), Word.class);
    }

    @Override
    protected void addEvents(int count) throws Exception {
      for (int i = 0; i < count; i++) {
        append(folder.resolve("words.log"), nextJson());
      }
    }
  }

  @Nested
  final class FolderOfGrowingFiles extends SourceContract<Word> {
    @Override
    protected EventSource<Word> createSource(ManualClock clock) {
      return JsonLines.source(folder, Word.class);
    }

    @Override
    protected void addEvents(int count) throws Exception {
      for (int i = 0; i < count; i++) {
        append(folder.resolve("words-" + added % 3 + ".jsonl"), nextJson());
      }
    }
  }

  @Nested
  final class FolderOfGzipFiles extends SourceContract<Word> {
    @Override
    protected EventSource<Word> createSource(ManualClock clock) {
      return JsonLines.source(folder, Word.class);
    }

    @Override
    protected void addEvents(int count) throws Exception {
      Path file = folder.resolve("words-%05d.jsonl.gz".formatted(added));
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        text.append(nextJson());
      }
      Gzip.write(file, text.toString());
    }
  }

  @Nested
  final class FolderOfGrowingCsvFiles extends SourceContract<Word> {
    @Override
    protected EventSource<Word> createSource(ManualClock clock) throws Exception {
      append(folder.resolve("a.csv"), "number,text\r\n");
      append(folder.resolve("b.csv"), "\n\"number\",\"text\"\n");
      return Csv.source(folder, Word.class);
    }

    @Override
    protected void addEvents(int count) throws Exception {
      for (int i = 0; i < count; i++) {
        append(folder.resolve(added % 2 == 0 ? "a.csv" : "b.csv"), nextCsv());
      }
    }
  }

  @Nested
  final class FolderOfGzipCsvFiles extends SourceContract<Word> {
    @Override
    protected EventSource<Word> createSource(ManualClock clock) {
      return Csv.source(folder, Word.class);
    }

    @Override
    protected void addEvents(int count) throws Exception {
      Path file = folder.resolve("words-%05d.csv.gz".formatted(added));
      StringBuilder text = new StringBuilder("number,text\n");
      for (int i = 0; i < count; i++) {
        text.append(nextCsv());
      }
      Gzip.write(file, text.toString());
    }
  }
}
