package io.vellamo.actors.shard;

import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.shard.ShardEffects;
import io.vellamo.engine.protocol.shard.ShardMachine;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.persistence.journal.SnapshotMarker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/**
 * The effects of a shard's machine, as its actor carries them out: at once, except that records
 * wait for the actor to persist them.
 *
 * <p><b>Threading</b> Used by the shard's actor only.
 */
final class ActorEffects implements ShardEffects {
  private final ActorContext<ShardMessage> context;
  private final ShardConfig config;
  private final ShardMachine machine;
  private final GroupHost host;
  private final Map<Long, ActorRef<ShardAnswer>> asking = new HashMap<>();
  private long lastAsking;
  private List<ShardRecord> records = List.of();

  ActorEffects(ActorContext<ShardMessage> context, ShardConfig config, ShardMachine machine) {
    this.context = context;
    this.config = config;
    this.machine = machine;
    this.host = host(context, config);
  }

  private static GroupHost host(ActorContext<ShardMessage> context, ShardConfig config) {
    GroupCalls calls = new GroupCalls(config);
    ActiveGroups active = config.activeGroups();
    return switch (config.hosting()) {
      case ACTOR ->
          new ActorGroupHost(context, calls, active, config.dispatcher(), config.functions());
      case INLINE -> {
        boolean keepsLive = config.spec().operator().stateCodec().keepsLive();
        yield new InlineGroupHost(
            context.getSelf(), calls, config.functions(), keepsLive ? active : null);
      }
    };
  }

  /** Remembers who made a request until its end; returns its identification for the machine. */
  long remember(ActorRef<ShardAnswer> replyTo) {
    lastAsking++;
    asking.put(lastAsking, replyTo);
    return lastAsking;
  }

  /** Returns whether records wait to be persisted. */
  boolean hasRecords() {
    return !records.isEmpty();
  }

  /** Returns the records that wait to be persisted, which then no longer wait. */
  List<ShardRecord> takeRecords() {
    List<ShardRecord> taken = records;
    records = List.of();
    return taken;
  }

  @Override
  public void persist(List<ShardRecord> next) {
    records = next;
  }

  @Override
  public void call(List<EpochCall> calls, EpochTimes times) {
    host.call(machine.ledger(), calls, times);
  }

  @Override
  public void callLater(long epoch, int calls, Duration delay) {
    context
        .getLog()
        .warn(
            "Query [{}]: the function threw for [{}] groups of shard [{}] in epoch [{}]; they are"
                + " called again in [{}]",
            config.spec().query(),
            calls,
            config.spec().index(),
            epoch,
            delay);
    context.scheduleOnce(delay, context.getSelf(), new ShardMessage.CallDue(epoch));
  }

  @Override
  public void answer(long replyTo, ShardReply reply) {
    tell(replyTo, new ShardAnswer(reply, null, null));
  }

  @Override
  public void page(long replyTo, ShardReply.Page reply, List<Object> rows) {
    tell(replyTo, new ShardAnswer(reply, new EpochOutput(rows, List.of()), null));
  }

  @Override
  public void done(long replyTo, ShardReply.Done reply, EpochOutput output) {
    tell(replyTo, new ShardAnswer(reply, output, null));
  }

  @Override
  public void failed(long replyTo, ShardReply.Failed reply, @Nullable Throwable cause) {
    tell(replyTo, new ShardAnswer(reply, null, cause));
  }

  private void tell(long replyTo, ShardAnswer answer) {
    Objects.requireNonNull(asking.remove(replyTo), "replyTo").tell(answer);
  }

  @Override
  public void ignored(long replyTo) {
    asking.remove(replyTo);
  }

  @Override
  public void epochEnded() {
    host.epochEnded(machine.ledger());
  }

  @Override
  public void continueSnapshot() {
    context.getSelf().tell(ShardMessage.SnapshotDue.INSTANCE);
  }

  @Override
  public void markSnapshot(long beginsAfter, long before) {
    Adapter.actorOf(
        context, SnapshotMarker.props(config.id(), config.journal(), beginsAfter, before));
  }
}
