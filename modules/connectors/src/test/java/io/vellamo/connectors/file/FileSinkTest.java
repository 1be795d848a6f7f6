package io.vellamo.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.ListEpochRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileSinkTest {
  private static final UUID ID = new UUID(1, 1);
  private static final UUID OTHER_ID = new UUID(2, 2);

  record Row(int b, @Nullable String a, Optional<Instant> at, Duration took) {}

  record Nested(Row inner) {}

  static final class Opaque {
    @Override
    public String toString() {
      return "secret";
    }
  }

  @TempDir Path folder;

  private SinkWriter<Object> open(UUID id, long committed) throws Exception {
    return JsonLines.sink(folder).open(new SinkContext("q", id, committed));
  }

  private void writeEpoch(UUID id, long epoch) throws Exception {
    try (SinkWriter<Object> writer = open(id, epoch - 1)) {
      writer.write(ListEpochRows.of("q", epoch, "row"));
    }
  }

  private List<String> files() throws Exception {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void epoch_isAFileOfItsOwn() throws Exception {
    try (SinkWriter<Object> writer = open(ID, 0)) {
      writer.write(ListEpochRows.of("q", 1, "a", 2));
      writer.write(ListEpochRows.of("q", 2));
      writer.write(ListEpochRows.of("q", 12345678901L, "b"));
    }

    assertThat(files()).containsExactly(".q.vellamo", "q-0000000001.jsonl", "q-12345678901.jsonl");
    assertThat(folder.resolve("q-0000000001.jsonl")).hasContent("\"a\"\n2\n");
  }

  @Test
  void wholeResult_isAFileOfItsOwn_evenWithoutRows() throws Exception {
    SinkContext complete = new SinkContext("q", ID, 0, OutputMode.COMPLETE);
    try (SinkWriter<Object> writer = JsonLines.sink(folder).open(complete)) {
      writer.write(ListEpochRows.of("q", 1, "a", 2));
      writer.write(ListEpochRows.of("q", 3));
    }

    assertThat(files()).containsExactly(".q.vellamo", "q-0000000001.jsonl", "q-0000000003.jsonl");
    assertThat(folder.resolve("q-0000000003.jsonl")).isEmptyFile();
  }

  @Test
  void csv_hasTheClassesPropertiesAsColumns() throws Exception {
    Instant at = Instant.parse("2026-11-22T10:00:00Z");
    try (SinkWriter<Row> writer = Csv.sink(folder, Row.class).open(new SinkContext("q", ID, 0))) {
      writer.write(
          ListEpochRows.of(
              "q",
              1,
              new Row(1, "x,\"y\"", Optional.of(at), Duration.ofSeconds(1)),
              new Row(2, "", Optional.empty(), Duration.ZERO),
              new Row(3, null, Optional.empty(), Duration.ZERO)));
    }

    assertThat(Files.readString(folder.resolve("q-0000000001.csv")))
        .isEqualTo(
            "b,a,at,took\n"
                + "1,\"x,\"\"y\"\"\",2026-11-22T10:00:00Z,PT1S\n"
                + "2,\"\",,PT0S\n"
                + "3,,,PT0S\n");
  }

  @Test
  void mapper_thatIndents_stillWritesOneLineARow() throws Exception {
    JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    try (SinkWriter<Object> writer =
        JsonLines.sink(folder).withMapper(mapper).open(new SinkContext("q", ID, 0))) {
      writer.write(ListEpochRows.of("q", 1, List.of(1, 2), List.of(3)));
    }

    assertThat(folder.resolve("q-0000000001.jsonl")).hasContent("[1,2]\n[3]\n");
  }

  @ParameterizedTest
  @CsvSource({"a/b,a%2Fb", ".hidden,%2Ehidden", "a*b c,a%2Ab+c", "ä,%C3%A4"})
  void queryName_withSpecialCharacters_isEncoded(String query, String expected) throws Exception {
    try (SinkWriter<Object> writer = JsonLines.sink(folder).open(new SinkContext(query, ID, 0))) {
      writer.write(ListEpochRows.of(query, 1, "a"));
    }

    assertThat(files())
        .containsExactlyInAnyOrder("." + expected + ".vellamo", expected + "-0000000001.jsonl");
  }

  @Test
  void temporaryFiles_ofThisQueryOnly_areRemovedAtOpen() throws Exception {
    Opened.write(folder.resolve(".q-0000000001.jsonl.tmp"), "half");
    Opened.write(folder.resolve(".other-0000000001.jsonl.tmp"), "half");
    Opened.write(folder.resolve("q-1.jsonl"), "not ours");

    open(ID, 0).close();

    assertThat(files()).containsExactly(".other-0000000001.jsonl.tmp", ".q.vellamo", "q-1.jsonl");
  }

  @Test
  void files_ofAnotherRun_areRefused() throws Exception {
    writeEpoch(OTHER_ID, 3);

    assertThatThrownBy(() -> open(ID, 9))
        .isInstanceOf(SinkException.class)
        .hasMessage(
            "Sink [JsonLines[%s]] must not hold files of another run of query [q], but it has epoch"
                    .formatted(folder)
                + " [3] of a query with another id; choose an empty directory or delete the old"
                + " files [q-*.jsonl]");
  }

  @Test
  void files_withoutAManifest_areRefused() throws Exception {
    writeEpoch(ID, 1);
    Files.delete(folder.resolve(".q.vellamo"));

    assertThatThrownBy(() -> open(ID, 1)).isInstanceOf(SinkException.class);
  }

  @Test
  void files_ofEpochsThatAreNotCommitted_areRefused() throws Exception {
    writeEpoch(ID, 3);

    assertThatThrownBy(() -> open(ID, 1))
        .isInstanceOf(SinkException.class)
        .hasMessage(
            "Sink [JsonLines[%s]] must not hold files of another run of query [q], but it has epoch"
                    .formatted(folder)
                + " [3] while the query has committed [1]; choose an empty directory or delete the"
                + " old files [q-*.jsonl]");
    open(ID, 2).close();
  }

  @Test
  void directory_refusedOnce_isNotLocked() throws Exception {
    writeEpoch(OTHER_ID, 3);
    assertThatThrownBy(() -> open(ID, 0)).isInstanceOf(SinkException.class);

    open(OTHER_ID, 3).close();
  }

  @Test
  void directory_thatTheUserCleared_isTakenOver() throws Exception {
    writeEpoch(OTHER_ID, 3);
    Files.delete(folder.resolve("q-0000000003.jsonl"));

    writeEpoch(ID, 1);

    writeEpoch(ID, 2);
    assertThat(files()).contains("q-0000000002.jsonl");
  }

  @Test
  void queries_ofOtherNames_shareADirectory() throws Exception {
    writeEpoch(OTHER_ID, 3);

    try (SinkWriter<Object> writer =
        JsonLines.sink(folder).open(new SinkContext("q-0000000003", ID, 0))) {
      writer.write(ListEpochRows.of("q-0000000003", 1, "a"));
    }

    assertThat(files()).contains("q-0000000003.jsonl", "q-0000000003-0000000001.jsonl");
  }

  @Test
  void directory_inUse_isRefused() throws Exception {
    try (SinkWriter<Object> first = open(ID, 0)) {
      assertThat(first).isNotNull();

      assertThatThrownBy(() -> open(ID, 0))
          .isInstanceOf(SinkException.class)
          .hasMessage(
              "Sink [JsonLines[%s]] must be the only one that writes files of query [q] there, but"
                      .formatted(folder)
                  + " another has them open; give each its own directory");
    }
    open(ID, 0).close();
  }

  @Test
  void row_thatJacksonCannotWrite_failsAndLeavesNothing() throws Exception {
    try (SinkWriter<Object> writer = open(ID, 0)) {
      assertThatThrownBy(() -> writer.write(ListEpochRows.of("q", 1, "fine", new Opaque())))
          .isInstanceOf(SinkException.class)
          .hasMessage(
              "Row of class [%s] must be one that Jackson can write in the format of sink"
                      .formatted(Opaque.class.getName())
                  + " [JsonLines[%s]]; use a record, or add what the cause asks for"
                      .formatted(folder));
    }

    assertThat(files()).containsExactly(".q.vellamo");
  }

  @Test
  void csvRow_thatIsNotFlat_fails() throws Exception {
    Row inner = new Row(1, "a", Optional.empty(), Duration.ZERO);
    try (SinkWriter<Nested> writer =
        Csv.sink(folder, Nested.class).open(new SinkContext("q", ID, 0))) {
      assertThatThrownBy(() -> writer.write(ListEpochRows.of("q", 1, new Nested(inner))))
          .isInstanceOf(SinkException.class)
          .hasMessageStartingWith("Row of class [" + Nested.class.getName() + "] must be");
    }
  }

  @Test
  void epoch_thatFails_keepsWhatWasThereBefore() throws Exception {
    writeEpoch(ID, 1);
    try (SinkWriter<Object> writer = open(ID, 0)) {
      assertThatThrownBy(() -> writer.write(ListEpochRows.of("q", 1, new Opaque())))
          .isInstanceOf(SinkException.class);
    }

    assertThat(folder.resolve("q-0000000001.jsonl")).hasContent("\"row\"\n");
  }

  @Test
  void directory_thatIsAFile_isRefused() throws Exception {
    Path file = Opened.write(folder.resolve("file"), "");

    assertThatThrownBy(() -> JsonLines.sink(file).open(new SinkContext("q", ID, 0)))
        .isInstanceOf(SinkException.class)
        .hasMessage(
            "Directory of sink [JsonLines[%s]] must be one that can be created and written, failed"
                    .formatted(file)
                + " with [FileAlreadyExistsException: %s]; see its permissions".formatted(file));
  }

  @Test
  void directory_thatVanished_failsTheEpoch() throws Exception {
    Path out = folder.resolve("out");
    try (SinkWriter<Object> writer = JsonLines.sink(out).open(new SinkContext("q", ID, 0))) {
      Files.delete(out.resolve(".q.vellamo"));
      Files.delete(out);

      assertThatThrownBy(() -> writer.write(ListEpochRows.of("q", 4, "a")))
          .isInstanceOf(SinkException.class)
          .hasMessage(
              "Directory of sink [JsonLines[%s]] must have room and permission for epoch [4], failed"
                      .formatted(out)
                  + " with [NoSuchFileException: %s]; make room and restart the query"
                      .formatted(out.resolve(".q-0000000004.jsonl.tmp")));
    }
  }
}
