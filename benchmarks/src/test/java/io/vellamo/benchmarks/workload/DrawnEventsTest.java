package io.vellamo.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

final class DrawnEventsTest {
  @Test
  void events_areThoseOfEveryMachine_andEndWithTheDataSet() {
    DrawnEvents events = new DrawnEvents(DataSet.of(Workload.W1, 100, 2, Skew.UNIFORM));

    assertThat(events)
        .toIterable()
        .containsExactly(
            new Event(747_242_437_449L, 1_704_067_086_198L, 481, 0),
            new Event(719_744_641_104L, 1_704_067_140_220L, 71, 1));
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(events::next)
        .withMessage("The data set has no more events");
  }
}
