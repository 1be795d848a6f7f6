package io.vellamo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.RecordColumns.Column;
import io.vellamo.api.window.Window;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecordColumnsTest {
  record Visit(String userName, Window hour, Optional<Long> pageCount, int lastURLSeen) {}

  record Holder(String key, @Nullable Window window) {}

  record Endless(int number, Optional<Integer> next, @Nullable Endless self) {}

  record Twice(Instant hourStart, Window hour) {}

  record Positive(int number) {
    Positive {
      if (number < 1) {
        throw new IllegalStateException("secret " + number);
      }
    }
  }

  record None() {}

  private static final Window HOUR =
      new Window(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-01T01:00:00Z"));

  private final RecordColumns<Visit> visits = RecordColumns.of(Visit.class);

  @Test
  void names_areInSnakeCase_withThoseOfNestedRecordsInFront() {
    assertThat(visits.columns())
        .containsExactly(
            new Column("user_name", "userName", String.class),
            new Column("hour_start", "hour.start", Instant.class),
            new Column("hour_end", "hour.end", Instant.class),
            new Column("page_count", "pageCount", Long.class),
            new Column("last_url_seen", "lastURLSeen", int.class));
  }

  @Test
  void record_isTheSame_whenItIsCreatedFromItsValues() {
    Visit visit = new Visit("anna", HOUR, Optional.of(3L), 4);

    assertThat(visits.values(visit)).containsExactly("anna", HOUR.start(), HOUR.end(), 3L, 4);
    assertThat(visits.create(visits.values(visit))).isEqualTo(visit);
  }

  @Test
  void emptyOptional_andNestedNull_areNulls() {
    Visit visit = new Visit("anna", HOUR, Optional.empty(), 4);

    assertThat(visits.values(visit)[3]).isNull();
    assertThat(visits.create(visits.values(visit))).isEqualTo(visit);
    assertThat(RecordColumns.of(Holder.class).values(new Holder("a", null)))
        .containsExactly("a", null, null);
  }

  @Test
  void name_canBeSet() {
    RecordColumns<Visit> renamed = visits.withColumn("hour.start", "since");

    assertThat(renamed.columns())
        .extracting(Column::name)
        .contains("since")
        .doesNotContain("hour_start");
    assertThatThrownBy(() -> visits.withColumn("start", "since"))
        .hasMessage(
            "component must be one of [userName, hour.start, hour.end, pageCount, lastURLSeen], was"
                + " [start]");
  }

  @Test
  void sameName_ofTwoComponents_isRefused() {
    assertThatThrownBy(() -> RecordColumns.of(Twice.class))
        .hasMessage(
            "components of [%s] must have columns of different names, [hourStart] and [hour.start]"
                + " have [hour_start]; use withColumn",
            Twice.class.getName());
  }

  @Test
  void class_thatContainsItself_orNothing_isRefused() {
    assertThatThrownBy(() -> RecordColumns.of(Endless.class))
        .hasMessageStartingWith("type must not contain itself to be mapped to columns");
    assertThatThrownBy(() -> RecordColumns.of(None.class))
        .hasMessageStartingWith("type must be a record class with components");
  }

  @Test
  void null_forAPrimitive_isRefusedByName() {
    assertThatThrownBy(
            () -> visits.create(new @Nullable Object[] {"a", HOUR.start(), HOUR.end(), null, null}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("component [lastURLSeen] of type [int] must not be null");
  }

  @Test
  void values_thatTheConstructorRejects_areNotQuoted() {
    assertThatThrownBy(() -> RecordColumns.of(Positive.class).create(new @Nullable Object[] {-1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "values must be those of a [Positive], its constructor threw"
                + " [java.lang.IllegalStateException]");
  }
}
