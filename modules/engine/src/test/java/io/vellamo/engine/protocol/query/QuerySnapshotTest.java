package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuerySnapshotTest {
  private long offset;
  private long epoch;

  /** A run that was replaced may still read from the snapshot before the last. */
  @Test
  void snapshot_isMarked_withThePlaceOfTheOneBefore() {
    MachineRun run = begin();

    assertThat(untilMark(run)).isEqualTo("mark 501 before 0");
    assertThat(untilMark(run)).isEqualTo("mark 1002 before 501");
    assertThat(untilMark(run)).isEqualTo("mark 1503 before 1002");
  }

  private MachineRun begin() {
    MachineRun run = new MachineRun(0, Trigger.asap()).begin();
    run.offer(offset, ++offset);
    return run;
  }

  private String untilMark(MachineRun run) {
    while (true) {
      run.effects();
      run.journaled();
      List<String> marks =
          run.effects().stream().filter(effect -> effect.startsWith("mark")).toList();
      runEpoch(run);
      if (!marks.isEmpty()) {
        return marks.get(0);
      }
    }
  }

  private void runEpoch(MachineRun run) {
    epoch++;
    run.read(epoch);
    run.on(new QueryInput.SinkWritten(epoch, 0));
    run.offer(offset, ++offset);
  }
}
