package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.EpochPhases;
import io.vellamo.api.query.ShardProgress;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.Trigger;
import io.vellamo.engine.shard.NextDue;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The phases that the machine reports, given the times of its inputs. */
final class PhaseTimerTest {
  private final MachineRun run = new MachineRun(1, Trigger.asap());

  @BeforeEach
  void begin() {
    run.begin();
  }

  @Test
  void phases_areTheTimesBetweenTheInputs_andAddUpToTheDuration() {
    pass(10);
    run.offer(0, 5);
    pass(20);
    run.journaled();
    pass(5);
    run.read(1, 0);
    pass(7);
    run.done(0, run.fence(0), 1, NextDue.NEVER);
    pass(11);
    run.on(new QueryInput.SinkWritten(1, 1));
    pass(3);
    run.offer(0, 0);
    pass(4);
    run.journaled();

    StreamingQueryProgress progress = progress();
    assertThat(progress.phases())
        .isEqualTo(new EpochPhases(ms(30), ms(5), ms(7), ms(0), ms(11), ms(7)));
    assertThat(progress.duration()).isEqualTo(ms(23));
    assertThat(progress.phases().total()).isEqualTo(ms(60));
    assertThat(progress.operators().get(0).shards())
        .as("all shards, in the first epoch of a run")
        .extracting(ShardProgress::shard)
        .containsExactly(0, 1);
  }

  private void pass(long millis) {
    run.elapsedMillis += millis;
    run.wallMillis += millis;
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private StreamingQueryProgress progress() {
    return run.news.stream()
        .filter(QueryNews.Progress.class::isInstance)
        .map(each -> ((QueryNews.Progress) each).progress())
        .findFirst()
        .orElseThrow();
  }
}
