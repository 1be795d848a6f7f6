package io.vellamo.persistence.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.persistence.codec.DrawnRecords.Kinds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

  /** One of each type that has an id of one byte, in their order, and an array and an enum. */
  private static final List<Object> SINGLE =
      List.of(
          300L,
          0.5,
          "ä",
          true,
          Instant.ofEpochSecond(1_700_000_000, 123_456_789),
          Duration.ofMillis(-1500),
          new UUID(1, -2),
          new byte[] {1, -1},
          LocalDate.of(2026, 1, 1),
          LocalTime.of(12, 0, 0, 1),
          LocalDateTime.of(2026, 1, 1, 12, 0),
          OffsetDateTime.parse("2026-01-01T12:00:00+02:00"),
          new BigDecimal("1.50"),
          BigInteger.TWO.pow(70),
          0.5f,
          'ä',
          new long[] {1, -300},
          DrawnRecords.Colour.RED);

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
  void recordForm_ofSingleValues() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Object each : SINGLE) {
      byte[] state = single(each).write(each);
      all.write(state.length);
      all.writeBytes(state);
    }
    ByteBuffer golden = ByteBuffer.wrap(golden("state-1-single", all.toByteArray()));

    for (Object each : SINGLE) {
      byte[] state = new byte[golden.get()];
      golden.get(state);
      assertThat(single(each).read(state)).isEqualTo(each);
      assertThat(single(each).write(each)).isEqualTo(state);
    }
    assertThat(golden.hasRemaining()).isFalse();
  }

  @SuppressWarnings("unchecked") // the class of the state
  private static StateCodec<Object> single(Object state) {
    return JacksonStateCodec.of(
        StateType.of((Class<Object>) state.getClass()), new RecordLayouts());
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
