package io.vellamo.engine.pipeline;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static io.vellamo.engine.pipeline.Plans.behind;
import static io.vellamo.engine.pipeline.Plans.groups;
import static io.vellamo.engine.pipeline.Plans.query;
import static io.vellamo.engine.pipeline.Plans.upstream;
import static io.vellamo.engine.pipeline.Plans.watermark;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.internal.DeclaredState;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.WatermarkStrategy;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CompiledQueryTest {
  private static final Stage FRONT = new Stage.Filter(event -> true);
  private static final Stage BACK = new Stage.Map(event -> event);

  @Test
  void plan_withOperator_isDividedThere() {
    Stage.Group group = groups(EVENT_TIME);
    CompiledQuery query = query(FRONT, watermark(10), group, BACK);

    assertThat(query.inputs()).hasSize(1);
    assertThat(query.inputs().get(0).stages()).hasSize(2).first().isSameAs(FRONT);
    assertThat(query.inputs().get(0).target()).isZero();
    assertThat(query.operators()).hasSize(1);
    assertThat(query.operators().get(0).operator()).isSameAs(group.operator());
    assertThat(query.operators().get(0).rows()).isEqualTo(new Route(List.of(BACK), 0, Route.SINK));
    assertThat(query.usesEventTime()).isTrue();
  }

  @Test
  void plan_withoutOperator_leadsToTheSink() {
    CompiledQuery query = query(FRONT, BACK);

    assertThat(query.inputs()).containsExactly(new Route(List.of(FRONT, BACK), 0, Route.SINK));
    assertThat(query.operators()).isEmpty();
    assertThat(query.usesEventTime()).isFalse();
  }

  @Test
  void watermark_inFront_reachesTheOperator() {
    CompiledQuery query = query(watermark(10), FRONT, groups(EVENT_TIME));

    assertThat(query.operators().get(0).hasWatermark()).isTrue();
    assertThat(query.watermarks())
        .extracting(WatermarkStrategy::delay)
        .containsExactly(Duration.ofMillis(10));
  }

  @Test
  void watermark_ofAChainOfProcessors_isHeldBackByTheSum_untilThereIsANewOne() {
    CompiledQuery query =
        query(
            watermark(10),
            processor(5, false),
            FRONT,
            processor(7, false),
            processor(0, true),
            watermark(1),
            processor(3, true));

    assertThat(query.operators())
        .extracting(operator -> operator.heldBack().toMillis())
        .containsExactly(0L, 5L, 12L, 0L);
    assertThat(query.operators()).allMatch(CompiledOperator::hasWatermark);
    assertThat(query.operators()).allMatch(CompiledOperator::dropsLate);
  }

  @Test
  void lateEvents_areKept_unlessSomethingDependsOnEventTime() {
    CompiledQuery query = query(watermark(10), processor(0, false), processor(0, false));

    assertThat(query.operators()).noneMatch(CompiledOperator::dropsLate);
    assertThat(query.usesEventTime()).isFalse();
  }

  private static Stage processor(int behindMillis, boolean hasEventTimer) {
    GroupProcessor<Object, Object, Object> processor =
        new GroupProcessor<>() {
          @Override
          public void declare(Declarations declarations) {
            if (hasEventTimer) {
              declarations.use(EventTimer.named("due"));
            }
            if (behindMillis > 0) {
              declarations.emitsBehindWatermark(Duration.ofMillis(behindMillis));
            }
          }

          @Override
          public void onEvents(Object key, Iterator<Object> events, GroupContext<Object> group) {}
        };
    return new Stage.Group(
        event -> event,
        Optional.empty(),
        StatefulOperator.processing(
            "process", OutputMode.APPEND, Optional.empty(), DeclaredState.of(processor)),
        new GroupCode.Processor(processor, Optional.empty()));
  }

  @Test
  void watermark_missing_isNone() {
    CompiledQuery query = query(FRONT, groups(NONE));

    assertThat(query.operators().get(0).hasWatermark()).isFalse();
    assertThat(query.watermarks()).isEmpty();
  }

  @Test
  void watermark_behindTheLastOperator_holdsNothingBack() {
    CompiledQuery query = query(groups(NONE), watermark(10));

    assertThat(query.operators().get(0).hasWatermark()).isFalse();
    assertThat(query.watermarks()).isEmpty();
  }

  @Test
  void operators_areNumberedFromTheSources() {
    Stage.Group second = groups(EVENT_TIME);
    CompiledQuery query = query(watermark(1), Plans.deduplicate(), BACK, watermark(2), second);

    assertThat(query.operators().get(0).operator().name()).isEqualTo("dropDuplicates");
    assertThat(query.operators().get(0).rows().target()).isEqualTo(1);
    assertThat(query.operators().get(0).rows().firstWatermark()).isEqualTo(1);
    assertThat(query.operators().get(1).operator()).isSameAs(second.operator());
    assertThat(query.watermarks())
        .extracting(WatermarkStrategy::delay)
        .containsExactly(Duration.ofMillis(1), Duration.ofMillis(2));
  }

  @Test
  void eventTime_passesADeduplication_butNoFunction() {
    assertThat(query(watermark(1), Plans.deduplicate(), groups(NONE)).operators())
        .extracting(CompiledOperator::hasWatermark)
        .containsExactly(true, true);
    assertThat(query(watermark(1), groups(NONE), Plans.deduplicate()).operators())
        .extracting(CompiledOperator::hasWatermark)
        .containsExactly(true, false);
  }

  @Test
  void union_isNumberedBranchByBranch() {
    Upstream left = upstream(watermark(1));
    Upstream right = upstream(Plans.deduplicate(), watermark(2));
    CompiledQuery query =
        QueryCompiler.compile(
            behind(new Upstream.Union(List.of(left, right)), FRONT, groups(NONE)), false);

    assertThat(query.inputs()).extracting(Route::target).containsExactly(1, 0);
    assertThat(query.inputs()).extracting(Route::firstWatermark).containsExactly(0, 1);
    assertThat(query.inputs().get(0).stages()).hasSize(2).last().isSameAs(FRONT);
    assertThat(query.operators().get(0).rows().firstWatermark()).isEqualTo(1);
    assertThat(query.operators().get(0).rows().stages()).hasSize(2).last().isSameAs(FRONT);
    assertThat(query.watermarks())
        .extracting(WatermarkStrategy::delay)
        .containsExactly(Duration.ofMillis(1), Duration.ofMillis(2));
  }
}
