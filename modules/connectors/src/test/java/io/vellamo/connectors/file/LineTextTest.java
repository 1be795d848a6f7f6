package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.connectors.file.Opened.Letter;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every text that a source lets in can be encoded again. */
final class LineTextTest {
  record Note(String user, String text) {}

  @TempDir Path folder;

  private Opened<Note> json(String text) throws Exception {
    Path file = Opened.write(folder.resolve("a.jsonl"), text);
    return Opened.bounded(JsonLines.source(file, Note.class)).everything();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud83d",
        "\\uD83D.",
        "\\ude00",
        "\\ude00\\ud83d",
        "\\ud83d\\ud83d\\ude00",
        "\\ud83d\\n",
        "\\ud83d\\\\ude00",
        "1234567\\udbff",
        "12345678901234567890\\udfff"
      })
  void halfACharacter_isADeadLetter(String half) throws Exception {
    Opened<Note> opened =
        json(
            "{\"user\":\"a\",\"text\":\"x\"}\n{\"user\":\"%s\",\"text\":\"y\"}\n{\"user\":\"c\"}\n"
                .formatted(half));

    assertThat(opened.events).extracting(Note::user).containsExactly("a", "c");
    assertThat(opened.letters.get(0).reason())
        .startsWith("line must hold whole characters, has half of a surrogate pair at byte [");
    assertThat(opened.letters.get(0).line()).contains(half);
  }

  @Test
  void halfACharacter_inTheNameOfAProperty_isADeadLetter() throws Exception {
    Path file = Opened.write(folder.resolve("a.jsonl"), "{\"x\\ud83d\":1}\n{\"y\":1}\n");

    Opened<?> opened = Opened.bounded(JsonLines.source(file, Map.class)).everything();

    assertThat(opened.events).isEqualTo(java.util.List.of(Map.of("y", 1)));
    assertThat(opened.letters)
        .extracting(Letter::reason)
        .containsExactly(
            "line must hold whole characters, has half of a surrogate pair at byte [4]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\ud83d\\ude00", "\\uD83D\\uDE00\\uD83D\\uDE00", "\\\\ud83d", "\\u00e9\\u0000"})
  void wholeCharacters_writtenAsEscapes_areRead(String text) throws Exception {
    Opened<Note> opened = json("{\"user\":\"a\",\"text\":\"" + text + "\"}\n");

    assertThat(opened.letters).isEmpty();
    assertThat(opened.events).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ed\u00a0\u00bd", // a high surrogate
        "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080", // a pair of surrogates
        "\u00c0\u0080", // overlong 0
        "\u00e0\u0080\u00af", // overlong slash
        "\u00f4\u0090\u0080\u0080", // above the last code point
        "\u00f8\u0088\u0080\u0080\u0080",
        "\u00ff",
        "\u00e9", // Latin-1
        "\u0080",
        "\u00e2\u0082"
      })
  void bytes_thatAreNotUtf8_areADeadLetterInEveryFormat(String bytes) throws Exception {
    Path json = folder.resolve("a.jsonl");
    Files.write(
        json,
        "{\"user\":\"a\",\"text\":\"%s\"}\n{\"user\":\"b\"}\n"
            .formatted(bytes)
            .getBytes(ISO_8859_1));
    Path csv = folder.resolve("a.csv");
    Files.write(csv, "user,text\na,%s\nb,c\n".formatted(bytes).getBytes(ISO_8859_1));

    Opened<Note> fromJson = Opened.bounded(JsonLines.source(json, Note.class)).everything();
    Opened<Note> fromCsv = Opened.bounded(Csv.source(csv, Note.class)).everything();

    assertThat(fromJson.events).extracting(Note::user).containsExactly("b");
    assertThat(fromCsv.events).extracting(Note::user).containsExactly("b");
    assertThat(fromJson.letters)
        .extracting(Letter::reason)
        .containsExactly("line must be UTF-8, was malformed at byte [21]");
    assertThat(fromCsv.letters)
        .extracting(Letter::reason)
        .containsExactly("line must be UTF-8, was malformed at byte [3]");
  }

  @Test
  void malformedAt_agreesWithTheDecoderOfTheJdk() {
    Random random = new Random(7);
    byte[] bytes = new byte[24];
    for (int round = 0; round < 200_000; round++) {
      Arrays.fill(bytes, (byte) 'x');
      int from = random.nextInt(bytes.length);
      byte[] piece = piece(random);
      System.arraycopy(piece, 0, bytes, from, Math.min(piece.length, bytes.length - from));

      boolean malformed = InvalidText.malformedAt(bytes, 0, bytes.length) != InvalidText.NONE;

      assertThat(malformed).as("round %d", round).isEqualTo(!isUtf8(bytes));
    }
  }

  private static byte[] piece(Random random) {
    if (random.nextBoolean()) {
      int codePoint = random.nextInt(Character.MAX_CODE_POINT + 1);
      return Character.toString(codePoint).getBytes(UTF_8);
    }
    byte[] bytes = new byte[1 + random.nextInt(5)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void carriageReturn_asLineEndOfJson_isADeadLetterThatSaysSo() throws Exception {
    Opened<Note> opened = json("{\"user\":\"a\"}\r{\"user\":\"b\"}\r");

    assertThat(opened.events).isEmpty();
    assertThat(opened.letters)
        .extracting(Letter::reason)
        .containsExactly("line must end in a line feed, has a carriage return alone at byte [13]");
  }

  @Test
  void line_ofMoreThanTwentyMegabytes_isReadWithinItsLimit() throws Exception {
    byte[] piece = "x".repeat(1024 * 1024).getBytes(UTF_8);
    for (String format : new String[] {"jsonl", "csv"}) {
      Path file = folder.resolve("a." + format);
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(
            (format.equals("csv") ? "user,text\na," : "{\"user\":\"a\",\"text\":\"")
                .getBytes(UTF_8));
        for (int i = 0; i < 25; i++) {
          out.write(piece);
        }
        out.write((format.equals("csv") ? "\n" : "\"}\n").getBytes(UTF_8));
      }
      FileSource<Note> source =
          format.equals("csv") ? Csv.source(file, Note.class) : JsonLines.source(file, Note.class);

      Opened<Note> opened = Opened.endless(source.withMaxLineBytes(200_000_000)).everything();

      assertThat(opened.letters).isEmpty();
      assertThat(opened.events.get(0).text()).hasSize(25 * 1024 * 1024);
    }
  }

  @Test
  void limits_thatStay_areNamedInTheDeadLetter() throws Exception {
    String deep = "[".repeat(2000) + "]".repeat(2000);
    Path file =
        Opened.write(
            folder.resolve("a.jsonl"),
            "{\"user\":\"a\",\"x\":%s}\n{\"user\":\"b\",\"text\":%s}\n{\"user\":\"c\"}\n"
                .formatted(deep, "1".repeat(2000)));

    Opened<Note> opened = Opened.bounded(JsonLines.source(file, Note.class)).everything();

    assertThat(opened.events).extracting(Note::user).containsExactly("c");
    assertThat(opened.letters)
        .extracting(Letter::reason)
        .allMatch(reason -> reason.contains("limits of nesting and numbers"));
  }
}
