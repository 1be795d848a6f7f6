package io.vellamo.engine.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import org.junit.jupiter.api.Test;

/** The expiry of entries in event time when a query drains, and in its runs after that. */
final class ExpiryAtTheEndOfTimeTest {
  private static final SlotType VALUE = new SlotType(Kind.VALUE, TimeDomain.EVENT_TIME);

  @Test
  void epochThatEndsTime_expiresOnlyWhatHadExpiredBefore() {
    EpochTimes draining = times(Watermark.END, Watermark.of(100));

    assertThat(hasExpired(100, draining)).isTrue();
    assertThat(hasExpired(101, draining)).isFalse();
  }

  @Test
  void epochAfterTheEndOfTime_hasExpiredAllButWhatNeverExpires() {
    EpochTimes later = times(Watermark.END, Watermark.END);

    assertThat(hasExpired(100, later)).isTrue();
    assertThat(hasExpired(1_000_000, later)).isTrue();
    assertThat(hasExpired(SlotEntry.NEVER, later)).isFalse();
  }

  @Test
  void epochWithoutWatermark_hasExpiredNothing() {
    assertThat(hasExpired(-1_000_000, times(Watermark.NONE, Watermark.NONE))).isFalse();
  }

  private static boolean hasExpired(long dueMillis, EpochTimes times) {
    SlotEntry entry = new SlotEntry(EntryKey.NONE, 0, new byte[0], dueMillis);
    return TypedVariables.hasExpired(VALUE, entry, times);
  }

  private static EpochTimes times(Watermark watermark, Watermark late) {
    return new EpochTimes(7, 0, watermark, late);
  }
}
