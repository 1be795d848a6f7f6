package io.vellamo.cluster.read;

import io.vellamo.actors.io.ShareRequest;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.cluster.message.MessageForm;
import io.vellamo.cluster.message.MessageFormsContract;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.List;
import java.util.Map;

final class ReadFormsTest extends MessageFormsContract {
  private static final SourcePartition FIRST = new SourcePartition("p-0");
  private static final SourcePartition SECOND = new SourcePartition("p-1");
  private static final ShareId SHARE = new ShareId(new AttemptId(3, 9, 4), List.of(1));

  @Override
  protected List<MessageForm<?>> forms() {
    return ReadForms.all();
  }

  @Override
  protected List<ClusterMessage> messages() {
    EpochPlan plan =
        new EpochPlan(
            List.of(new OffsetRange(FIRST, 10, 20), new OffsetRange(SECOND, 0, 7)),
            new EpochTimes(9, 1_000, Watermark.of(500), Watermark.of(400)));
    Offsets committed = Offsets.of(Map.of(FIRST, 10L), Map.of(FIRST, "mark"));
    return List.of(
        new ToReader.Read(
            3,
            new ShareRequest(new EpochShare(plan, List.of(1)), 4, 8, true, committed),
            ref("link")),
        new ToReader.Committed(3, committed),
        new ToReader.Discard(3, 9, 4),
        new FromReader.Read(SHARE, ref("holder"), 6, Map.of(2, 1, 5, 3), 2, new byte[] {1, 2}),
        new FromReader.Failed(SHARE, new Problem(0, "broken")));
  }
}
