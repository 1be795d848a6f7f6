package io.vellamo.connectors.file;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourcePartition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are known by what they hold, not by their names. */
final class RotationTest {
  record Word(String text) {}

  /** When a query looks at its files. */
  enum Look {
    WHILE_IT_RUNS,
    AFTER_A_RESTART
  }

  @TempDir Path folder;

  private final List<String> read = new ArrayList<>();
  private Offsets position = Offsets.none();

  private static String lines(String... texts) {
    StringBuilder lines = new StringBuilder();
    for (String text : texts) {
      lines.append("{\"text\":\"").append(text).append("\"}\n");
    }
    return lines.toString();
  }

  private Path write(String name, String... texts) throws Exception {
    return Files.writeString(folder.resolve(name), lines(texts));
  }

  private void append(String name, String... texts) throws Exception {
    Files.writeString(
        folder.resolve(name), lines(texts), StandardOpenOption.APPEND, StandardOpenOption.CREATE);
  }

  private void rename(String from, String to) throws Exception {
    Files.move(folder.resolve(from), folder.resolve(to), REPLACE_EXISTING);
  }

  private void gzip(String name) throws Exception {
    Path plain = folder.resolve(name);
    Files.write(folder.resolve(name + ".gz"), Gzip.bytes(Files.readAllBytes(plain)));
    Files.delete(plain);
  }

  private FileSource<Word> single() {
    return JsonLines.source(folder.resolve("app.jsonl"), Word.class);
  }

  private FileSource<Word> all() {
    return JsonLines.source(folder, Word.class);
  }

  /** A query on a source, which is restarted before each change or sees it while it runs. */
  private final class Run implements AutoCloseable {
    private final FileSource<Word> source;
    private final Look look;
    private Opened<Word> opened;

    Run(FileSource<Word> source, Look look) throws Exception {
      this.source = source;
      this.look = look;
      this.opened = Opened.endlessFrom(position, source);
    }

    void reads(String... expected) throws Exception {
      opened.events.clear();
      opened.everything();
      assertThat(opened.letters).isEmpty();
      assertThat(opened.events).extracting(Word::text).containsExactly(expected);
      position = opened.position;
      if (look == Look.AFTER_A_RESTART) {
        opened.close();
        opened = Opened.endlessFrom(position, source);
      }
    }

    @Override
    public void close() {
      opened.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileRotatedByRename_isReadToItsEndAndItsSuccessorFromItsStart(Look look) throws Exception {
    for (FileSource<Word> source : List.of(single(), all())) {
      position = Offsets.none();
      write("app.jsonl", "1", "2");
      try (Run run = new Run(source, look)) {
        run.reads("1", "2");
        append("app.jsonl", "3");
        rename("app.jsonl", "app.jsonl.1");
        write("app.jsonl", "4", "5", "6", "7");
        run.reads("3", "4", "5", "6", "7");
        append("app.jsonl.1", "late");
        rename("app.jsonl.1", "app.jsonl.2");
        append("app.jsonl", "8");
        rename("app.jsonl", "app.jsonl.1");
        write("app.jsonl", "9");
        run.reads("late", "8", "9");
        run.reads();
      }
      assertThat(position.asMap().keySet())
          .extracting(SourcePartition::name)
          .containsExactly("app.jsonl", "app.jsonl#2", "app.jsonl#3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileRotatedAndCompressed_isReadOnce(Look look) throws Exception {
    for (FileSource<Word> source : List.of(single(), all())) {
      position = Offsets.none();
      write("app.jsonl", "1", "2");
      try (Run run = new Run(source, look)) {
        run.reads("1", "2");
        append("app.jsonl", "3");
        rename("app.jsonl", "app.jsonl.1");
        gzip("app.jsonl.1");
        write("app.jsonl", "4");
        run.reads("3", "4");
        rename("app.jsonl.1.gz", "app.jsonl.2.gz");
        rename("app.jsonl", "app.jsonl.1");
        write("app.jsonl", "5");
        run.reads("5");
        gzip("app.jsonl.1");
        run.reads();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileRotatedToANameThatIsRead_isReadOnce(Look look) throws Exception {
    write("app.jsonl", "1", "2");
    try (Run run = new Run(all(), look)) {
      run.reads("1", "2");
      append("app.jsonl", "3");
      rename("app.jsonl", "app-20260101.jsonl");
      run.reads("3");
      write("app.jsonl", "4");
      run.reads("4");
      gzip("app-20260101.jsonl");
      run.reads();
      rename("app.jsonl", "app-20260102.jsonl");
      gzip("app-20260102.jsonl");
      write("app.jsonl", "5");
      run.reads("5");
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileCopiedAndTruncated_isReadOnce(Look look) throws Exception {
    for (FileSource<Word> source : List.of(single(), all())) {
      position = Offsets.none();
      write("app.jsonl", "1", "2");
      try (Run run = new Run(source, look)) {
        run.reads("1", "2");
        append("app.jsonl", "3");
        Files.copy(folder.resolve("app.jsonl"), folder.resolve("app.jsonl.1"), REPLACE_EXISTING);
        write("app.jsonl");
        run.reads("3");
        append("app.jsonl", "4");
        run.reads("4");
        rename("app.jsonl.1", "app.jsonl.2");
        Files.copy(folder.resolve("app.jsonl"), folder.resolve("app.jsonl.1"), REPLACE_EXISTING);
        write("app.jsonl", "5", "6", "7");
        run.reads("5", "6", "7");
      }
      Files.delete(folder.resolve("app.jsonl.1"));
    }
  }

  @Test
  void fileBeingCompressed_isReadOnce() throws Exception {
    write("a.jsonl", "1", "2");
    try (Run run = new Run(all(), Look.WHILE_IT_RUNS)) {
      run.reads("1", "2");
      byte[] whole = Gzip.bytes(Files.readAllBytes(folder.resolve("a.jsonl")));
      for (int length : new int[] {1, 5, whole.length / 2, whole.length - 1, whole.length}) {
        Files.write(folder.resolve("a.jsonl.gz"), java.util.Arrays.copyOf(whole, length));
        run.reads();
      }
      Files.delete(folder.resolve("a.jsonl"));
      run.reads();
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileReplacedUnderItsName_failsTheQuery(Look look) throws Exception {
    for (String[] other :
        new String[][] {
          {"b1", "b2", "b3", "b4"}, {"b1", "b2"}, {"b1"}, {}, {"a1", "b2"}, {"a1", "b2", "b3"}
        }) {
      position = Offsets.none();
      Path file = write("app.jsonl", "a1", "a2");
      try (Run run = new Run(single(), look)) {
        run.reads("a1", "a2");
        write("app.jsonl", other);

        assertThatThrownBy(run::reads)
            .as("replaced by %s", List.of(other))
            .isInstanceOf(SourceException.class)
            .hasMessage(
                "File [%s] must keep the text that was read of it, up to offset [28], but holds"
                    + " another text; put the former file back, write new text under a new name, or"
                    + " read replaced files from their start with whenReplaced(READ_FROM_START)",
                file);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileReplacedUnderItsName_isReadFromItsStartByChoice(Look look) throws Exception {
    for (FileSource<Word> source : List.of(single(), all())) {
      position = Offsets.none();
      write("app.jsonl", "a1", "a2");
      try (Run run = new Run(source.whenReplaced(WhenReplaced.READ_FROM_START), look)) {
        run.reads("a1", "a2");
        write("app.jsonl", "b1", "b2", "b3", "b4");
        run.reads("b1", "b2", "b3", "b4");
        write("app.jsonl");
        run.reads();
        append("app.jsonl", "c1");
        run.reads("c1");
        append("app.jsonl", "c2");
        run.reads("c2");
        Path other = write("other", "d1");
        Files.move(other, folder.resolve("app.jsonl"), REPLACE_EXISTING);
        run.reads("d1");
      }
    }
  }

  @Test
  void formerFileOfAName_doesNotFailItsSuccessorAfterARestart() throws Exception {
    write("app.jsonl", "a1", "a2");
    FileSource<Word> lenient = single().whenReplaced(WhenReplaced.READ_FROM_START);
    try (Run run = new Run(lenient, Look.WHILE_IT_RUNS)) {
      run.reads("a1", "a2");
      write("app.jsonl", "b1");
      run.reads("b1");
    }

    append("app.jsonl", "b2");

    try (Run run = new Run(single(), Look.AFTER_A_RESTART)) {
      run.reads("b2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileRewrittenWithTheSameBeginning_goesOn(Look look) throws Exception {
    write("app.jsonl", "1", "2");
    try (Run run = new Run(single(), look)) {
      run.reads("1", "2");
      Path other = write("app.jsonl.tmp", "1", "2", "3");
      Files.move(other, folder.resolve("app.jsonl"), REPLACE_EXISTING);
      run.reads("3");
    }
  }

  @ParameterizedTest
  @EnumSource
  void csvFilesWithTheSameHeader_areToldApart(Look look) throws Exception {
    Path file = Opened.write(folder.resolve("a.csv"), "text\na1\na2\n");
    try (Run run = new Run(Csv.source(folder, Word.class), look)) {
      run.reads("a1", "a2");
      Files.move(file, folder.resolve("a.csv.1"));
      Opened.write(file, "text\n");
      run.reads();
      Opened.write(file, "text\nb1\nb2\nb3\n");
      run.reads("b1", "b2", "b3");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 1023, 1024, 1025, 3000, 100_000})
  void longFiles_areFollowedIntoCompression(int length) throws Exception {
    String[] texts = {"x".repeat(length), "y".repeat(length), "2"};
    write("app.jsonl", texts);
    try (Run run = new Run(single(), Look.AFTER_A_RESTART)) {
      run.reads(texts);
      append("app.jsonl", "3");
      rename("app.jsonl", "app.jsonl.1");
      gzip("app.jsonl.1");
      write("app.jsonl", texts[0], "z".repeat(length), "2");
      run.reads("3", texts[0], "z".repeat(length), "2");
    }
  }

  @Test
  void file_rotatedBetweenPlanningAndReading_isRead() throws Exception {
    write("app.jsonl", "1");
    try (Opened<Word> opened = Opened.endless(single())) {
      List<OffsetRange> planned = opened.reader.plan(Offsets.none(), opened.reader.latest(), 9);
      rename("app.jsonl", "app.jsonl.1");
      write("app.jsonl", "2", "3");

      opened.read(planned.get(0));

      assertThat(opened.events).containsExactly(new Word("1"));
      try (Opened<Word> again = Opened.endless(single())) {
        again.read(planned.get(0));
        assertThat(again.events).containsExactly(new Word("1"));
      }
    }
  }

  @Test
  void file_notYetRead_keepsItsLinesWhenItIsRotated() throws Exception {
    write("a.jsonl", "1");
    write("b.jsonl", "2");
    try (Opened<Word> opened = Opened.endless(all())) {
      opened.epoch(1);
      rename("b.jsonl", "b.jsonl.1");
      write("b.jsonl", "3");

      opened.everything();

      assertThat(opened.events).extracting(Word::text).containsExactly("1", "2", "3");
    }
  }

  @Test
  void otherFiles_withTheSameText_areRead() throws Exception {
    write("a.jsonl", "1");
    write("b.jsonl", "1");
    try (Run run = new Run(all(), Look.WHILE_IT_RUNS)) {
      run.reads("1", "1");
      write("a2.jsonl", "1");
      write("c.jsonl", "1");
      run.reads("1", "1");
    }
  }

  @Test
  void vanishedFile_thatComesBack_isNotReadAgain() throws Exception {
    write("a.jsonl", "1");
    try (Run run = new Run(all(), Look.WHILE_IT_RUNS)) {
      run.reads("1");
      rename("a.jsonl", "../" + folder.getFileName() + "-a");
      run.reads();
      rename("../" + folder.getFileName() + "-a", "a.jsonl");
      append("a.jsonl", "2");
      run.reads("2");
    }
  }

  @Test
  void vanishedFiles_areForgottenWhenThereAreTooMany() throws Exception {
    int files = FileTracker.MAX_GONE + 20;
    for (int i = 0; i < files; i++) {
      write("f%05d.jsonl".formatted(i), "" + i);
    }
    try (Opened<Word> opened = Opened.endless(all())) {
      opened.everything();
      for (int i = 0; i < files; i++) {
        Files.delete(folder.resolve("f%05d.jsonl".formatted(i)));
      }
      write("g.jsonl", "g");
      List<OffsetRange> ranges = opened.epoch(9);

      assertThat(ranges.get(0).forgotten()).hasSize(20);
      assertThat(opened.position.asMap()).hasSize(FileTracker.MAX_GONE + 1);
      assertThat(opened.position.asMap())
          .doesNotContainKey(new SourcePartition("f00000.jsonl"))
          .containsKey(new SourcePartition("f00020.jsonl"));
    }
  }

  @Test
  void offsets_ofAnotherKind_areTakenByName() throws Exception {
    write("a.jsonl", "1", "2");
    position = Offsets.of(Map.of(new SourcePartition("a.jsonl"), 13L));
    try (Run run = new Run(all(), Look.AFTER_A_RESTART)) {
      run.reads("2");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void randomRotation_losesAndDoublesNothing(long seed) throws Exception {
    Random random = new Random(seed);
    Set<String> written = new HashSet<>();
    boolean compresses = random.nextBoolean();
    append("app.jsonl");
    Opened<Word> opened = Opened.endless(single());
    for (int round = 0; round < 60; round++) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        String text = "x".repeat(random.nextInt(40)) + written.size();
        written.add(text);
        append("app.jsonl", text);
      }
      if (random.nextInt(4) == 0) {
        opened.epoch(1 + random.nextInt(5));
      }
      if (random.nextInt(3) == 0) {
        opened.everything(); // one rotation at a time is in sight
        rotate(compresses);
      }
      if (random.nextInt(3) == 0) {
        read.addAll(opened.events.stream().map(Word::text).toList());
        position = opened.position;
        opened.close();
        opened = Opened.endlessFrom(position, single());
      }
    }
    opened.everything();
    opened.everything();
    read.addAll(opened.events.stream().map(Word::text).toList());
    opened.close();

    assertThat(read).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
  }

  private void rotate(boolean compresses) throws Exception {
    for (int i = 3; i > 0; i--) {
      String suffix = compresses && i > 1 ? ".gz" : "";
      if (Files.exists(folder.resolve("app.jsonl." + i + suffix))) {
        rename("app.jsonl." + i + suffix, "app.jsonl." + (i + 1) + suffix);
      }
    }
    rename("app.jsonl", "app.jsonl.1");
    append("app.jsonl");
    if (compresses && Files.exists(folder.resolve("app.jsonl.2"))) {
      gzip("app.jsonl.2");
    }
  }
}
