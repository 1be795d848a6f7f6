package io.vellamo.engine.local;

import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Descriptions of records and messages in words, without keys and values. */
public final class RecordText {
  private RecordText() {}

  static String of(List<? extends JournalRecord> records) {
    return records.stream().map(RecordText::of).collect(Collectors.joining(", "));
  }

  private static String of(JournalRecord record) {
    String name = record.getClass().getSimpleName();
    if (record instanceof QueryResumed resumed) {
      return name + " " + resumed.incarnation();
    }
    if (record instanceof EpochPlanned planned) {
      return "%s %d".formatted(name, planned.plan().epoch());
    }
    if (record instanceof EpochCommitted committed) {
      return name + " " + committed.commit().epoch();
    }
    if (record instanceof ShardOwned owned) {
      String dropped = owned.dropped().isEmpty() ? "" : ", without variables " + owned.dropped();
      return "%s %d for run %d%s".formatted(name, owned.owner(), owned.incarnation(), dropped);
    }
    if (record instanceof ShardChanged changed) {
      return name + " " + changed.change().epoch();
    }
    return record instanceof SnapshotMark mark ? name + " " + mark.sequenceNr() : name;
  }

  /** Returns a request in words. */
  public static String of(ShardRequest request) {
    String name = request.getClass().getSimpleName();
    if (request instanceof ShardRequest.RunEpoch run) {
      return name + of(run.fence());
    }
    if (request instanceof ShardRequest.NextPage next) {
      return "%s %d%s".formatted(name, next.number(), of(next.fence()));
    }
    if (request instanceof ShardRequest.SendRows send) {
      return name + of(send.fence());
    }
    return request instanceof ShardRequest.Open open ? name + " " + open.incarnation() : name;
  }

  /** Returns a reply in words. */
  public static String of(ShardReply reply) {
    String name = reply.getClass().getSimpleName();
    if (reply instanceof ShardReply.Done done) {
      return "%s%s with %d rows".formatted(name, of(done.fence()), done.rows());
    }
    if (reply instanceof ShardReply.Page page) {
      return "%s %d%s".formatted(name, page.number(), of(page.fence()));
    }
    if (reply instanceof ShardReply.Opened opened) {
      return "%s %d, activation %d".formatted(name, opened.incarnation(), opened.owner());
    }
    if (reply instanceof ShardReply.NotOpened notOpened) {
      return name + of(notOpened.fence());
    }
    if (reply instanceof ShardReply.Failed failed) {
      return name + of(failed.fence()) + ": " + failed.failure().message();
    }
    return name;
  }

  private static String of(@Nullable Fence fence) {
    return fence == null
        ? ""
        : " epoch %d of run %d, activation %d, attempt %d"
            .formatted(fence.epoch(), fence.incarnation(), fence.owner(), fence.attempt());
  }
}
