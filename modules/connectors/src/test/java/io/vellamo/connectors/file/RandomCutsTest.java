package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.RangeReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random files, cut into random epochs and read in random steps, give what was written. */
final class RandomCutsTest {
  record Item(int number, String text) {}

  private static final String[] PIECES = {
    "a", "ü", "€", "😀", " ", "", "\"", "\\", "\n", "\r\n", ",", "x".repeat(50), "'", "{", "}"
  };

  private static final ObjectMapper JSON = Mappers.json(NumericTimes.REFUSED);

  @TempDir Path folder;

  static Stream<Long> seeds() {
    Long given = Long.getLong("seed");
    return given == null ? LongStream.range(0, 60).boxed() : Stream.of(given);
  }

  @ParameterizedTest(name = "-Dseed={0}")
  @MethodSource("seeds")
  void randomFiles_inRandomEpochs_giveWhatWasWritten(long seed) throws Exception {
    Random random = new Random(seed);
    boolean csv = random.nextBoolean();
    List<Item> expected = new ArrayList<>();
    int files = 1 + random.nextInt(4);
    for (int i = 0; i < files; i++) {
      writeFile(folder.resolve("f" + i + (csv ? ".csv" : ".jsonl")), csv, random, expected);
    }
    FileSource<Item> source =
        csv ? Csv.source(folder, Item.class) : JsonLines.source(folder, Item.class);

    try (Opened<Item> opened = Opened.bounded(source)) {
      List<OffsetRange> ranges = new ArrayList<>();
      List<OffsetRange> planned = plan(opened, random);
      while (!planned.isEmpty()) {
        for (OffsetRange range : planned) {
          readInSteps(opened, range, random);
        }
        ranges.addAll(planned);
        opened.position = opened.position.advance(planned);
        planned = plan(opened, random);
      }
      assertThat(opened.letters).isEmpty();
      assertThat(opened.events).containsExactlyElementsOf(expected);
      assertReadAgain(source, ranges, expected);
    }
  }

  private static List<OffsetRange> plan(Opened<Item> opened, Random random) throws Exception {
    int limit = 1 + random.nextInt(random.nextBoolean() ? 3 : 400);
    return opened.reader.plan(opened.position, opened.reader.latest(), limit);
  }

  private static void readInSteps(Opened<Item> opened, OffsetRange range, Random random)
      throws Exception {
    try (RangeReader<Item> open = opened.reader.read(range)) {
      boolean more = true;
      while (more) {
        more = open.read(opened, 1 + random.nextInt(20));
      }
    }
  }

  private static void assertReadAgain(
      FileSource<Item> source, List<OffsetRange> ranges, List<Item> expected) throws Exception {
    try (Opened<Item> again = Opened.endless(source)) {
      for (OffsetRange range : ranges) {
        again.read(range);
      }
      assertThat(again.events).isEqualTo(expected);
    }
  }

  private static void writeFile(Path file, boolean csv, Random random, List<Item> expected)
      throws Exception {
    StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "\uFEFF" : "");
    text.append(csv ? "text,number" + lineEnd(random) : "");
    int lines = random.nextInt(500);
    for (int i = 0; i < lines; i++) {
      Item item = new Item(random.nextInt(), text(random));
      expected.add(item);
      text.append(csv ? csv(item) : json(item)).append(lineEnd(random));
    }
    if (random.nextBoolean()) {
      text.setLength(text.toString().stripTrailing().length());
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    Files.write(file, random.nextBoolean() ? Gzip.bytes(bytes) : bytes);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(random.nextInt(100) == 0 ? 20_000 : 8);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static String json(Item item) throws Exception {
    return JSON.writeValueAsString(item);
  }

  private static String csv(Item item) {
    return "\"" + item.text().replace("\"", "\"\"") + "\"," + item.number();
  }

  private static String lineEnd(Random random) {
    return new String[] {"\n", "\r\n", "\n\n"}[random.nextInt(3)];
  }
}
