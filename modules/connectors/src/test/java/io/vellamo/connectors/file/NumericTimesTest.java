package io.vellamo.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vellamo.connectors.file.Opened.Letter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumericTimesTest {
  private static final Instant MOMENT = Instant.parse("2026-03-04T05:06:07.089Z");

  record At(@Nullable Instant at) {}

  record Times(
      Instant instant,
      OffsetDateTime offset,
      ZonedDateTime zoned,
      Duration duration,
      Date date,
      Calendar calendar,
      Optional<Instant> optional,
      List<Instant> list) {}

  record Dates(LocalDate date, Year year) {}

  record Formatted(
      @JsonFormat(without = JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS) Instant at,
      @JsonFormat(pattern = "yyyyMMdd") LocalDate date) {}

  @TempDir Path folder;

  private <T> Opened<T> json(String text, Class<T> eventClass, NumericTimes unit) throws Exception {
    Path file = Opened.write(folder.resolve("a.jsonl"), text);
    return Opened.bounded(JsonLines.source(file, eventClass).withNumericTimes(unit)).everything();
  }

  private Opened<At> at(String value, NumericTimes unit) throws Exception {
    return json("{\"at\":%s}\n".formatted(value), At.class, unit);
  }

  @ParameterizedTest
  @CsvSource({
    "SECONDS, 1772600767.089",
    "SECONDS, 1.772600767089E9",
    "MILLISECONDS, 1772600767089",
    "MILLISECONDS, \"1772600767089\"",
    "MICROSECONDS, 1772600767089000",
    "NANOSECONDS, 1772600767089000000",
    "REFUSED, \"2026-03-04T05:06:07.089Z\"",
    "SECONDS, \"2026-03-04T06:06:07.089+01:00\""
  })
  void number_isReadInTheUnit(NumericTimes unit, String value) throws Exception {
    assertThat(at(value, unit).events).containsExactly(new At(MOMENT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1772600767089", "1772600767", "1772600767.089", "0", "-1"})
  void number_withoutAUnit_isADeadLetterWithItsText(String value) throws Exception {
    Opened<At> opened = at(value, NumericTimes.REFUSED);

    assertThat(opened.events).isEmpty();
    assertThat(opened.letters.get(0).reason())
        .startsWith("property [at] must be of type [Instant], found a ")
        .endsWith("without a unit; choose one with withNumericTimes");
    assertThat(opened.letters.get(0).line()).isEqualTo("{\"at\":" + value + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\" \"",
        "\"2026-03-04 05:06:07\"",
        "\"2026-03-04\"",
        "\"tomorrow\"",
        "1e30",
        "99999999999999999999999999",
        "1e-1000000000",
        "1e1000000000",
        "true",
        "{}"
      })
  void value_thatIsNoTime_isADeadLetter(String value) throws Exception {
    Opened<At> opened = at(value, NumericTimes.MILLISECONDS);

    assertThat(opened.events).isEmpty();
    assertThat(opened.letters).extracting(Letter::line).containsExactly("{\"at\":" + value + "}");
    assertThat(opened.letters.get(0).reason())
        .startsWith("property [at] must be of type [Instant], found ");
  }

  @Test
  void null_isNoTimeAndNoFault() throws Exception {
    assertThat(at("null", NumericTimes.REFUSED).events).containsExactly(new At(null));
  }

  @Test
  void allClassesOfMoments_areReadInTheUnit() throws Exception {
    String line =
        "{'instant':1000,'offset':1000,'zoned':1000,'duration':1000,'date':1000,'calendar':1000,"
            + "'optional':1000,'list':[1000,'1970-01-01T00:00:02Z']}";

    Opened<Times> opened = json(line.replace('\'', '"'), Times.class, NumericTimes.MILLISECONDS);

    assertThat(opened.letters).isEmpty();
    Times times = opened.events.get(0);
    Instant moment = Instant.ofEpochSecond(1);
    assertThat(times.instant()).isEqualTo(moment);
    assertThat(times.offset().toInstant()).isEqualTo(moment);
    assertThat(times.zoned().toInstant()).isEqualTo(moment);
    assertThat(times.duration()).isEqualTo(Duration.ofSeconds(1));
    assertThat(times.date().toInstant()).isEqualTo(moment);
    assertThat(times.calendar().toInstant()).isEqualTo(moment);
    assertThat(times.optional()).contains(moment);
    assertThat(times.list()).containsExactly(moment, Instant.ofEpochSecond(2));
  }

  @Test
  void date_isNoNumberInAnyUnit() throws Exception {
    Opened<Dates> opened =
        json(
            "{\"date\":20000,\"year\":2026}\n{\"date\":\"2026-01-02\",\"year\":2026}\n",
            Dates.class,
            NumericTimes.SECONDS);

    assertThat(opened.events).containsExactly(new Dates(LocalDate.of(2026, 1, 2), Year.of(2026)));
    assertThat(opened.letters)
        .extracting(Letter::reason)
        .containsExactly("property [date] must be of type [LocalDate], found a whole number");
  }

  @Test
  void annotation_ofAProperty_takesPrecedence() throws Exception {
    Opened<Formatted> opened =
        json("{\"at\":1772600767089,\"date\":\"20260304\"}", Formatted.class, NumericTimes.SECONDS);

    assertThat(opened.events).containsExactly(new Formatted(MOMENT, LocalDate.of(2026, 3, 4)));
  }

  @Test
  void numbersInCsv_areReadInTheUnit() throws Exception {
    Path file =
        Opened.write(
            folder.resolve("a.csv"), "at\n1772600767089\n2026-03-04T05:06:07.089Z\n\"\"\n");

    Opened<At> opened =
        Opened.bounded(Csv.source(file, At.class).withNumericTimes(NumericTimes.MILLISECONDS))
            .everything();
    Opened<At> refused = Opened.bounded(Csv.source(file, At.class)).everything();

    assertThat(opened.events).containsExactly(new At(MOMENT), new At(MOMENT));
    assertThat(refused.events).containsExactly(new At(MOMENT));
    assertThat(refused.letters)
        .extracting(Letter::reason)
        .containsExactly(
            "property [at] must be of type [Instant], found a number without a unit; choose one"
                + " with withNumericTimes",
            "property [at] must be of type [Instant], found an empty text");
  }

  @Test
  void unit_besideAUsersMapper_isRefused() {
    FileSource<At> source = JsonLines.source(folder, At.class).withMapper(new JsonMapper());

    assertThatThrownBy(() -> source.withNumericTimes(NumericTimes.SECONDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "times [SECONDS] must be left to the mapper of withMapper; configure the mapper");
  }
}
