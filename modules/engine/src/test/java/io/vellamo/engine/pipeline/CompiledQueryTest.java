package io.vellamo.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.plan.QueryPlan;
import io.vellamo.api.plan.Stage;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.source.HandoffSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class CompiledQueryTest {
  private static final Stage FRONT = new Stage.Filter(event -> true);
  private static final Stage BACK = new Stage.Map(event -> event);
  private static final Stage.Group GROUP = Plans.groups(GroupStateTimeout.EVENT_TIME);

  @Test
  void plan_withOperator_isDividedThere() {
    CompiledQuery query = compile(FRONT, Plans.watermark(10), GROUP, BACK);

    assertThat(query.front()).hasSize(2).first().isSameAs(FRONT);
    assertThat(query.group()).contains(GROUP);
    assertThat(query.back()).containsExactly(BACK);
    assertThat(query.timeout()).isEqualTo(GroupStateTimeout.EVENT_TIME);
  }

  @Test
  void plan_withoutOperator_isAllFront() {
    CompiledQuery query = compile(FRONT, BACK);

    assertThat(query.front()).containsExactly(FRONT, BACK);
    assertThat(query.group()).isEmpty();
    assertThat(query.back()).isEmpty();
    assertThat(query.timeout()).isEqualTo(GroupStateTimeout.NONE);
  }

  @Test
  void watermark_inFront_hasItsDelay() {
    CompiledQuery query = compile(Plans.watermark(10), FRONT, GROUP);

    assertThat(query.hasWatermark()).isTrue();
    assertThat(query.delayMillis()).isEqualTo(10);
  }

  @Test
  void watermark_missing_hasNoDelay() {
    CompiledQuery query = compile(FRONT, GROUP);

    assertThat(query.hasWatermark()).isFalse();
    assertThat(query.delayMillis()).isZero();
  }

  @Test
  void watermark_behindTheOperator_doesNotReachIt() {
    CompiledQuery query = compile(GROUP, Plans.watermark(10));

    assertThat(query.hasWatermark()).isFalse();
    assertThat(query.delayMillis()).isZero();
  }

  private static CompiledQuery compile(Stage... stages) {
    return CompiledQuery.of(
        new QueryPlan(
            "test",
            HandoffSource.create(1),
            List.of(stages),
            new NoSink(),
            ErrorPolicy.fail(),
            Optional.empty(),
            Optional.empty(),
            Trigger.asap(),
            OptionalLong.empty(),
            Optional.empty()));
  }

  private static final class NoSink implements RowSink<Object> {
    @Override
    public String description() {
      return "none";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.IDEMPOTENT;
    }

    @Override
    public SinkWriter<Object> open(SinkContext context) {
      throw new UnsupportedOperationException("never opened");
    }
  }
}
