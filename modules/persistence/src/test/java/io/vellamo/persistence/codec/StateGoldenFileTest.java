package io.vellamo.persistence.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.persistence.codec.DrawnRecords.Kinds;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Reads states as earlier programs wrote them, from {@code golden/state-<version>[-variant].bin}. A
 * file that exists is never changed: if a test fails, the code is wrong.
 */
final class StateGoldenFileTest {
  record Visit(Instant at, Duration stay, Optional<String> referrer) {}

  record Session(
      long count,
      double score,
      boolean open,
      List<Visit> visits,
      Map<String, ZonedDateTime> seen,
      @Nullable String note) {}

  private static final Session SESSION =
      new Session(
          1L << 40,
          0.5,
          true,
          List.of(
              new Visit(
                  Instant.ofEpochSecond(1_700_000_000, 123_456_789),
                  Duration.ofMillis(1500),
                  Optional.of("klikkejä")),
              new Visit(Instant.EPOCH, Duration.ZERO, Optional.empty())),
          Map.of("first", ZonedDateTime.parse("2026-01-01T12:00:00+02:00[Europe/Helsinki]")),
          null);

  private static final StateType<Session> FIRST = StateType.of(Session.class);
  private static final StateType<Session> SECOND = FIRST.migration(1, state -> state);

  @Test
  void version1() throws IOException {
    assertGolden("state-1", FIRST, SESSION);
  }

  @Test
  void version2() throws IOException {
    assertGolden("state-2", SECOND, SESSION);
  }

  @Test
  void version1_number() throws IOException {
    assertGolden("state-1-number", StateType.of(Integer.class), 300);
  }

  @Test
  void version65535_number() throws IOException {
    assertGolden(
        "state-65535-number", StateType.of(Integer.class).migration(65_534, state -> 0), 300);
  }

  @Test
  void recordForm_ofAllTypes() throws IOException {
    Kinds kinds = new DrawnRecords(7).kinds();
    StateCodec<Kinds> codec = JacksonStateCodec.of(StateType.of(Kinds.class), new RecordLayouts());
    byte[] golden = golden("state-1-record", codec.write(kinds));
    List<String> layouts = codec.layouts().own();

    assertThat(codec.read(golden)).isEqualTo(kinds);
    assertThat(codec.write(kinds)).isEqualTo(golden);
    assertThat(String.join("", layouts).getBytes(UTF_8))
        .isEqualTo(golden("state-1-layout", String.join("", layouts).getBytes(UTF_8)));
  }

  @Test
  void version1_isMigratedTo2() throws IOException {
    assertThat(JacksonStateCodec.of(SECOND).read(golden("state-1", new byte[0])))
        .isEqualTo(SESSION);
  }

  private static <S> void assertGolden(String name, StateType<S> type, S state) throws IOException {
    JacksonStateCodec<S> codec = JacksonStateCodec.of(type);
    byte[] golden = golden(name, codec.write(state));

    assertThat(codec.read(golden)).isEqualTo(state);
    assertThat(codec.write(state)).isEqualTo(golden);
  }

  private static byte[] golden(String name, byte[] written) throws IOException {
    try (InputStream file =
        StateGoldenFileTest.class.getResourceAsStream("/golden/" + name + ".bin")) {
      assertThat(file).as("%s must hold [%s]", name, HexFormat.of().formatHex(written)).isNotNull();
      return file == null ? new byte[0] : file.readAllBytes();
    }
  }
}
