package io.vellamo.persistence.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.EpochPhases;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.ShardSkew;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardWork;
import io.vellamo.engine.protocol.query.QueryNews;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Messages in forms that earlier versions have written. */
final class EarlierFormsTest {
  @Test
  void progress_withoutPhasesAndShards_isReadWithDefaults() throws IOException {
    QueryNews news = QueryNewsForm.read(golden("query-news-3-progress-first"));

    StreamingQueryProgress read = ((QueryNews.Progress) news).progress();
    StreamingQueryProgress now = SampleNews.progress();
    OperatorProgress operator = now.operators().get(0);
    assertThat(read.phases()).isEqualTo(EpochPhases.NONE);
    assertThat(read.operators())
        .containsExactly(
            new OperatorProgress(
                operator.name(),
                operator.input(),
                operator.late(),
                0,
                operator.rows(),
                operator.state(),
                0,
                Duration.ZERO,
                Duration.ZERO,
                ShardSkew.NONE,
                List.of()));
    assertThat(read.sources().get(0).lag()).isEmpty();
    assertThat(read.sources().get(0).metrics()).isEqualTo(now.sources().get(0).metrics());
    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("phases", "operators", "sources")
        .isEqualTo(now);
  }

  @Test
  void replyOfAShard_withoutItsEffort_isReadWithNone() throws IOException {
    ShardReply reply =
        ShardReplyForm.of(ExampleQuery.prepared()).read(golden("shard-reply-3-done-first"));

    ShardReply.Done now =
        (ShardReply.Done) Objects.requireNonNull(SampleMessages.REPLIES.get("10-done"), "done");
    assertThat(reply)
        .isEqualTo(
            new ShardReply.Done(
                now.shard(),
                now.fence(),
                now.rows(),
                now.deadLettered(),
                now.due(),
                now.size(),
                now.updated(),
                now.removed(),
                ShardWork.NONE));
  }

  private static byte[] golden(String file) throws IOException {
    try (InputStream in =
        EarlierFormsTest.class.getResourceAsStream("/golden-messages/" + file + ".bin")) {
      return Objects.requireNonNull(in, file).readAllBytes();
    }
  }
}
