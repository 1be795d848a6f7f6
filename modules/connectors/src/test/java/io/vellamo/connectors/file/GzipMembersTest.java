package io.vellamo.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GzipMembersTest {
  record Word(String text) {}

  @TempDir Path folder;

  private static String line(String text) {
    return "{\"text\":\"" + text + "\"}\n";
  }

  private Opened<Word> read(byte[]... parts) throws Exception {
    Path file = Files.write(folder.resolve("a.jsonl.gz"), join(parts));
    return Opened.bounded(JsonLines.source(file, Word.class)).everything();
  }

  private static byte[] join(byte[]... parts) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return all.toByteArray();
  }

  /** A member with every optional part of a header. */
  private static byte[] withWholeHeader(String text) throws Exception {
    byte[] plain = Gzip.bytes(text);
    byte[] header = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3};
    byte[] optional = {2, 0, 'x', 'y', 'n', 'a', 0, 'c', 0, 0, 0};
    return join(header, optional, Arrays.copyOfRange(plain, 10, plain.length));
  }

  @Test
  void members_areReadOneAfterTheOther() throws Exception {
    byte[] first = Gzip.bytes(line("1"));

    Opened<Word> opened =
        read(first, Gzip.bytes(""), withWholeHeader(line("2")), Gzip.bytes(line("3")));

    assertThat(opened.events).extracting(Word::text).containsExactly("1", "2", "3");
  }

  @Test
  void zeroBytes_afterTheLastMember_arePadding() throws Exception {
    Opened<Word> opened = read(Gzip.bytes(line("1")), new byte[200_000]);

    assertThat(opened.events).extracting(Word::text).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"text\":\"2\"}\n", "\n", "\0\0x", "\u001fx", "BZh9"})
  void bytes_thatAreNoMember_areAnErrorWithTheirPlace(String rest) throws Exception {
    byte[] whole = Gzip.bytes(line("1"));

    assertThatThrownBy(() -> read(whole, rest.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "File [%s] must end where its gzip stream ends, at byte [%d], but [%d] bytes follow that are no gzip member;"
                    .formatted(folder.resolve("a.jsonl.gz"), whole.length, rest.length())
                + " write them as a member, or as a file of their own");
  }

  @Test
  void bytes_thatAreNoMember_failAQueryThatGoesOn() throws Exception {
    Path file = folder.resolve("a.jsonl.gz");
    Files.write(
        file,
        join(Gzip.bytes(line("1")), line("2").getBytes(java.nio.charset.StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> Opened.endless(JsonLines.source(folder, Word.class)).everything())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("bytes follow that are no gzip member");
  }

  @Test
  void followingMember_cutAnywhere_isAnError() throws Exception {
    byte[] whole = Gzip.bytes(line("1"));
    byte[] next = withWholeHeader(line("2"));
    for (int length = 1; length < next.length; length++) {
      byte[] cut = Arrays.copyOf(next, length);

      assertThatThrownBy(() -> read(whole, cut))
          .as("cut after [%d] bytes", length)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("must be whole, but it ends too early")
          .hasRootCauseMessage("the gzip member that begins at byte " + whole.length + " is cut");
    }
  }

  @Test
  void firstMember_cutAnywhere_isAnError() throws Exception {
    byte[] next = withWholeHeader(line("2"));
    for (int length = 1; length < next.length; length++) {
      byte[] cut = Arrays.copyOf(next, length);

      assertThatThrownBy(() -> read(cut))
          .as("cut after [%d] bytes", length)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("must be whole, but it ends too early");
    }
  }

  @Test
  void followingMember_damagedAnywhere_isAnErrorOrThatText() throws Exception {
    byte[] whole = Gzip.bytes(line("1"));
    byte[] next = Gzip.bytes(line("2"));
    int damageFound = 0;
    for (int i = 0; i < next.length; i++) {
      byte[] damaged = next.clone();
      damaged[i] ^= (byte) 0x40;
      // Some bits, such as those of the time, change nothing in the text.
      try {
        assertThat(read(whole, damaged).events)
            .as("byte [%d]", i)
            .extracting(Word::text)
            .containsExactly("1", "2");
      } catch (SourceException e) {
        damageFound++;
      }
    }
    assertThat(damageFound).isGreaterThan(next.length / 2);
  }

  @Test
  void followingMember_stillWritten_isWaitedFor() throws Exception {
    byte[] first = Gzip.bytes(line("1"));
    byte[] next = Gzip.bytes(line("2"));
    Path file = Files.write(folder.resolve("a.jsonl.gz"), join(first, Arrays.copyOf(next, 1)));
    try (Opened<Word> opened = Opened.endless(JsonLines.source(folder, Word.class)).everything()) {
      Files.write(file, join(first, next));
      opened.everything(); // has changed since the last look
      opened.everything(); // has settled

      assertThat(opened.events).extracting(Word::text).containsExactly("1", "2");
    }
  }
}
