package io.vellamo.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourcePartition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSourceTest {
  record Word(String text) {}

  @TempDir Path folder;

  private final SourcePartition a = new SourcePartition("a.jsonl");

  private static String line(String text) {
    return "{\"text\":\"" + text + "\"}\n";
  }

  private Path write(String name, String text) throws Exception {
    return Opened.write(folder.resolve(name), text);
  }

  private void append(Path file, String text) throws Exception {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private FileSource<Word> source() {
    return JsonLines.source(folder, Word.class);
  }

  @Test
  void epoch_isFilledFromTheFirstFileOn() throws Exception {
    write("b.json", line("4") + line("5"));
    write("a.jsonl", line("1") + line("2") + line("3"));
    write("c.ndjson", line("6"));
    try (Opened<Word> opened = Opened.endless(source())) {
      assertThat(opened.epoch(4))
          .extracting(range -> range.partition().name())
          .containsExactly("a.jsonl", "b.json");
      assertThat(opened.events).extracting(Word::text).containsExactly("1", "2", "3", "4");

      opened.epoch(4);
      assertThat(opened.events).extracting(Word::text).endsWith("5", "6").hasSize(6);
      assertThat(opened.epoch(4)).isEmpty();
    }
  }

  @Test
  void folder_listsOnlyVisibleFilesOfTheFormat() throws Exception {
    for (String name :
        List.of(".a.jsonl", "_b.jsonl", "c.txt", "d.jsonl.tmp", "e.csv", "f.jsonl~", "jsonl")) {
      write(name, line("no"));
    }
    write("g.jsonl", line("yes"));
    write("sub.json", "");
    Files.createDirectory(folder.resolve("folder.jsonl"));
    try (Opened<Word> opened = Opened.endless(source())) {
      assertThat(opened.reader.latest().asMap().keySet())
          .extracting(SourcePartition::name)
          .containsExactly("g.jsonl", "sub.json");
    }
  }

  @Test
  void file_givenItself_mayHaveAnyName() throws Exception {
    Path file = write("words", line("1"));

    Opened<Word> opened = Opened.endless(JsonLines.source(file, Word.class)).everything();

    assertThat(opened.events).containsExactly(new Word("1"));
    assertThat(opened.position.asMap()).containsOnlyKeys(new SourcePartition("words"));
  }

  @Test
  void lastLine_withoutLineFeed_waitsForItsRest() throws Exception {
    Path file = write("a.jsonl", line("1") + "{\"text\"");
    try (Opened<Word> opened = Opened.endless(source()).everything()) {
      assertThat(opened.events).containsExactly(new Word("1"));

      append(file, ":\"2\"}\n");
      opened.everything();

      assertThat(opened.events).containsExactly(new Word("1"), new Word("2"));
      assertThat(opened.offsets).containsExactly(0L, 13L);
    }
  }

  @Test
  void lastLine_withoutLineFeed_countsWhenTheQueryEnds() throws Exception {
    write("a.jsonl", line("1") + line("2").strip());

    Opened<Word> opened = Opened.bounded(source()).everything();

    assertThat(opened.events).containsExactly(new Word("1"), new Word("2"));
  }

  @Test
  void plan_ofABoundedQuery_leavesWhatWasAppendedLater() throws Exception {
    Path file = write("a.jsonl", line("1") + line("2").strip());
    try (Opened<Word> opened = Opened.bounded(source())) {
      Offsets upTo = opened.reader.latest();
      append(file, "\n" + line("3"));

      opened.reader.plan(Offsets.none(), upTo, 9).forEach(range -> readInto(opened, range));

      assertThat(opened.events).containsExactly(new Word("1"), new Word("2"));
    }
  }

  private static void readInto(Opened<Word> opened, OffsetRange range) {
    try {
      opened.read(range);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void newFile_isFoundWhileTheQueryRuns() throws Exception {
    try (Opened<Word> opened = Opened.endless(source()).everything()) {
      write("a.jsonl", line("1"));

      opened.everything();

      assertThat(opened.events).containsExactly(new Word("1"));
    }
  }

  @Test
  void blankLinesAndCarriageReturnsAndMark_areNoPartOfEvents() throws Exception {
    write("a.jsonl", "\uFEFF{\"text\":\"1\"}\r\n\r\n   \t\n\n{\"text\":\"2\"}\r\n\n");

    Opened<Word> opened = Opened.endless(source());
    opened.epoch(2);

    assertThat(opened.events).containsExactly(new Word("1"), new Word("2"));
    assertThat(opened.letters).isEmpty();
    assertThat(opened.everything().epoch(9)).isEmpty();
  }

  @Test
  void fileOfAMarkAlone_hasNoEvents() throws Exception {
    write("a.jsonl", "\uFEFF");

    Opened<Word> opened = Opened.bounded(source()).everything();

    assertThat(opened.events).isEmpty();
    assertThat(opened.letters).isEmpty();
  }

  @Test
  void gzip_isRecognizedByContentNotByName() throws Exception {
    Gzip.write(folder.resolve("a.jsonl"), line("1"));
    write("b.jsonl.gz", line("2"));

    Opened<Word> opened = Opened.endless(source()).everything();

    assertThat(opened.events).containsExactly(new Word("1"), new Word("2"));
  }

  @Test
  void gzip_ofSeveralMembers_isReadToItsEnd() throws Exception {
    Path file = Gzip.write(folder.resolve("a.jsonl.gz"), line("1"));
    try (Opened<Word> opened = Opened.endless(source()).everything()) {
      Files.write(file, Gzip.bytes(line("2") + line("3")), StandardOpenOption.APPEND);
      opened.epoch(1);
      Files.write(file, Gzip.bytes(line("4")), StandardOpenOption.APPEND);
      opened.epoch(1);

      opened.everything();

      assertThat(opened.events).extracting(Word::text).containsExactly("1", "2", "3", "4");
    }
  }

  @Test
  void gzip_thatIsStillCopied_isReadWhenItIsWhole() throws Exception {
    byte[] whole = Gzip.bytes(line("1") + line("2"));
    Path file = Files.write(folder.resolve("a.jsonl.gz"), Arrays.copyOf(whole, whole.length / 2));
    try (Opened<Word> opened = Opened.endless(source()).everything()) {
      assertThat(opened.events).isEmpty();

      Files.write(file, whole);
      opened.everything(); // has changed since the last look
      opened.everything(); // has settled

      assertThat(opened.events).containsExactly(new Word("1"), new Word("2"));
    }
  }

  @Test
  void gzip_thatEndsTooEarly_failsAQueryThatEnds() throws Exception {
    byte[] whole = Gzip.bytes(line("1"));
    Path file = Files.write(folder.resolve("a.jsonl.gz"), Arrays.copyOf(whole, whole.length - 9));

    assertThatThrownBy(() -> Opened.bounded(source()).everything())
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "File [%s] must be whole, but it ends too early; replace it or, if it is still being"
                    .formatted(file)
                + " written, wait until it is complete");
  }

  @Test
  void gzip_thatIsDamaged_isAnError() throws Exception {
    byte[] bytes = Gzip.bytes(line("1"));
    bytes[bytes.length - 6] ^= 1; // its checksum
    Path file = Files.write(folder.resolve("a.jsonl.gz"), bytes);

    assertThatThrownBy(() -> Opened.endless(source()).everything())
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "File [%s] must be a valid gzip file, but it is damaged; replace it".formatted(file));
  }

  @Test
  void path_thatIsMissing_isRefusedAtOpen() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(() -> Opened.endless(JsonLines.source(missing, Word.class)))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "Path of source [JsonLines[%s]] must be a file or a folder, found neither; create it or"
                    .formatted(missing)
                + " correct the path");
  }

  @Test
  void file_thatBecameShorterWhileRead_isAnError() throws Exception {
    Path file = write("a.jsonl", line("1") + line("2"));
    try (Opened<Word> opened = Opened.endless(source()).everything()) {
      write("a.jsonl", line("3"));

      assertThatThrownBy(opened::everything)
          .isInstanceOf(SourceException.class)
          .hasMessage(shorter(file, 26));
    }
  }

  @Test
  void file_shorterThanTheCommittedOffset_isAnError() throws Exception {
    Path file = write("a.jsonl", line("1"));
    try (Opened<Word> opened = Opened.endless(source())) {
      opened.position = Offsets.of(Map.of(a, 99L));

      assertThatThrownBy(opened::everything)
          .isInstanceOf(SourceException.class)
          .hasMessage(shorter(file, 99));
    }
  }

  @Test
  void file_shorterThanAPlannedRange_isAnError() throws Exception {
    Path file = write("a.jsonl", line("1"));
    try (Opened<Word> opened = Opened.endless(source())) {
      assertThatThrownBy(() -> opened.read(new OffsetRange(a, 0, 40)))
          .isInstanceOf(SourceException.class)
          .hasMessage(shorter(file, 40));
    }
  }

  private static String shorter(Path file, long offset) {
    return "File [%s] must keep the text that was read of it, up to offset [%d], but holds another text; put the former file back, write new text under a new name, or read replaced files from their start with whenReplaced(READ_FROM_START)"
        .formatted(file, offset);
  }

  @Test
  void file_thatVanishedWhilePlanned_isAnError() throws Exception {
    Path file = write("a.jsonl", line("1"));
    try (Opened<Word> opened = Opened.endless(source())) {
      Offsets upTo = opened.reader.latest();
      List<OffsetRange> planned = opened.reader.plan(Offsets.none(), upTo, 9);
      Files.delete(file);
      String gone = "File [%s] must stay until it has been read, but it is gone; put it back";

      assertThatThrownBy(() -> opened.read(planned.get(0)))
          .isInstanceOf(SourceException.class)
          .hasMessage(gone.formatted(file));
      assertThatThrownBy(() -> opened.reader.plan(Offsets.none(), upTo, 9))
          .isInstanceOf(SourceException.class)
          .hasMessage(gone.formatted(file));
    }
  }

  @Test
  void file_readToItsEnd_mayVanish() throws Exception {
    Path file = write("a.jsonl", line("1"));
    try (Opened<Word> opened = Opened.endless(source()).everything()) {
      Files.delete(file);
      write("b.jsonl", line("2"));

      opened.everything();

      assertThat(opened.events).containsExactly(new Word("1"), new Word("2"));
    }
  }

  @Test
  void mapper_ofTheUser_readsEvents() throws Exception {
    write("a.jsonl", "{\"TEXT\":\"1\"}\n");
    JsonMapper mapper =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_SNAKE_CASE)
            .build();

    Opened<Word> opened = Opened.endless(source().withMapper(mapper)).everything();

    assertThat(opened.events).containsExactly(new Word("1"));
  }

  @Test
  void mapper_ofAnotherFormat_isRefused() {
    assertThatThrownBy(() -> Csv.source(folder, Word.class).withMapper(new JsonMapper()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mapper must be a CsvMapper for CSV, was"
                + " [com.fasterxml.jackson.databind.json.JsonMapper]");
  }

  @Test
  void pollInterval_isASetting() {
    assertThat(source().pollInterval()).contains(Duration.ofMillis(500));
    assertThat(source().withPollInterval(Duration.ofSeconds(3)).pollInterval())
        .contains(Duration.ofSeconds(3));
    assertThatThrownBy(() -> source().withPollInterval(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("interval must be positive, was [PT0S]");
  }

  @Test
  void maxLineBytes_outOfRange_isRefused() {
    assertThatThrownBy(() -> source().withMaxLineBytes(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bytes must be from 1 to 1073741824, was [0]");
  }
}
