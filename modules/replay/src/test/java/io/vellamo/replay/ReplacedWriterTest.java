package io.vellamo.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.group.Layouts;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.persistence.codec.JsonForms;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Records of a run or an activation that another one has replaced are reported. */
final class ReplacedWriterTest {
  private static final QueryCreated CREATED =
      new QueryCreated(
          new UUID(0, 1),
          4,
          List.of(new CreatedOperator("count", GroupStateTimeout.NONE)),
          1,
          WatermarkPolicy.MIN);

  @Test
  void recordOfARunThatWasReplaced_isReported() {
    List<String> problems = new ArrayList<>();
    QueryScan scan = new QueryScan("visits", problems::add);

    scan.accept(new JournalEntry<>(1, 1, CREATED));
    scan.accept(new JournalEntry<>(2, 3, new QueryResumed(3, "")));
    assertThat(problems).isEmpty();
    scan.accept(new JournalEntry<>(3, 2, new QueryResumed(2, "")));

    assertThat(problems)
        .containsExactly("record [3] is of run [2] of the query and comes after run [3]");
  }

  @Test
  void recordOfAnActivationThatWasReplaced_isReported() {
    GroupForms forms = new GroupForms(new JsonForms(Layouts.NONE), CREATED.operatorOf(0), 1);
    ShardVerifier verifier = new ShardVerifier(0, CREATED, forms, 0, null);

    verifier.entry(new JournalEntry<>(1, 3, new ShardOwned(3, 1)));
    assertThat(verifier.findings().kept()).isEmpty();
    verifier.entry(new JournalEntry<>(2, 2, new ShardOwned(2, 1)));

    assertThat(verifier.findings().kept())
        .extracting(Finding::message)
        .containsExactly(
            "record [2] is of activation [2] of the shard and comes after activation [3]");
  }
}
