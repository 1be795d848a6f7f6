package io.vellamo.cluster.shard;

import static java.util.Objects.requireNonNull;

import io.vellamo.actors.calls.FatalErrors;
import io.vellamo.actors.shard.GroupShard;
import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.cluster.chunk.Chunks;
import io.vellamo.cluster.chunk.InputChunk;
import io.vellamo.cluster.shard.EntityMessage.Abandoned;
import io.vellamo.cluster.shard.EntityMessage.Answer;
import io.vellamo.cluster.shard.EntityMessage.AnswerWritten;
import io.vellamo.cluster.shard.EntityMessage.ChunkArrived;
import io.vellamo.cluster.shard.EntityMessage.InputRead;
import io.vellamo.cluster.shard.EntityMessage.LinkEnded;
import io.vellamo.cluster.shard.EntityMessage.RangeDone;
import io.vellamo.cluster.shard.EntityMessage.Stop;
import io.vellamo.cluster.shard.EntityMessage.Tick;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.persistence.journal.JournalLosses;
import io.vellamo.persistence.journal.WriteConflicts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shard as a sharded entity: the parent of its {@link GroupShard}, between that and the
 * coordinators on other nodes.
 *
 * <p>The shard is started when a coordinator opens it. Until then, and after each move to another
 * node, requests are answered with {@link ShardReply.NotOpened}.
 *
 * <p>The entity outlives a coordinator for a while, so that the next one need not wait for its
 * recovery.
 *
 * <p><b>Failure</b> If the shard fails, the coordinator is told, and the entity stops; the next
 * message starts another activation. If the journal has another owner, the entity stops silently.
 */
final class ShardEntity extends AbstractBehavior<EntityMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(ShardEntity.class);
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration ABANDONED_AFTER = Duration.ofSeconds(30);

  private final TimerScheduler<EntityMessage> timers;
  private final Supplier<ShardHost> newest;
  private final ShardHost host;
  private final int index;
  private final ActorRef<ClusterSharding.ShardCommand> sharding;
  private final ShardLinks links;
  private final ActorRef<InputChunk> chunks;

  // Set once a coordinator has opened the shard.
  private @Nullable ActorRef<ShardCommand> shard;
  private int operator;
  private long owner;
  // While the input of an epoch arrives.
  private @Nullable IncomingInput incoming;
  // While the input of an epoch is read from its bytes.
  private @Nullable Fence reading;
  // The last request whose input the shard has got.
  private @Nullable Fence given;
  private boolean keepsRows;
  // Set once rows have to be written here.
  private @Nullable ShardSink sink;

  private ShardEntity(
      ActorContext<EntityMessage> context,
      TimerScheduler<EntityMessage> timers,
      Supplier<ShardHost> newest,
      int index,
      ActorRef<ClusterSharding.ShardCommand> sharding) {
    super(context);
    this.timers = timers;
    this.newest = newest;
    this.host = newest.get();
    this.index = index;
    this.sharding = sharding;
    this.links = new ShardLinks(context);
    this.chunks = context.messageAdapter(InputChunk.class, ChunkArrived::new);
    abandonLater();
  }

  /**
   * Creates the entity of a shard.
   *
   * @param newest returns what the shards of the query need on this node, by its newest definition
   * @param index the number of the shard among all shards of the query
   * @param sharding ends entities
   */
  static Behavior<EntityMessage> create(
      Supplier<ShardHost> newest, int index, ActorRef<ClusterSharding.ShardCommand> sharding) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ShardEntity(context, timers, newest, index, sharding)));
  }

  @Override
  public Receive<EntityMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(ToShard.Open.class, this::onOpen)
        .onMessage(ToShard.Ask.class, this::onAsk)
        .onMessage(ToShard.Run.class, this::onRun)
        .onMessage(ToShard.GiveAnswer.class, this::onGiveAnswer)
        .onMessage(ToShard.OrderRange.class, this::onOrderRange)
        .onMessage(RangeDone.class, this::onRangeDone)
        .onMessage(ChunkArrived.class, arrived -> onInputChunk(arrived.chunk()))
        .onMessage(InputRead.class, this::onInputRead)
        .onMessage(Answer.class, this::onAnswer)
        .onMessage(AnswerWritten.class, this::onAnswerWritten)
        .onMessage(Tick.class, tick -> request())
        .onMessage(LinkEnded.class, this::onLinkEnded)
        .onMessage(Abandoned.class, abandoned -> passivate())
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onSignal(ChildFailed.class, this::onShardFailed)
        .onSignal(PostStop.class, stopped -> onPostStop())
        .build();
  }

  private Behavior<EntityMessage> onOpen(ToShard.Open open) {
    if (newest.get() != host) {
      // The query was started with another definition: the next activation has that.
      return passivate();
    }
    ActorRef<ShardCommand> opened = shard;
    if (opened == null) {
      opened =
          getContext()
              .spawn(
                  FatalErrors.contained(GroupShard.create(host.config(open.created(), index))),
                  "shard",
                  DispatcherSelector.sameAsParent());
      getContext().watch(opened);
      shard = opened;
    }
    operator = index / open.created().shards();
    keepsRows = open.keepsRows();
    if (keepsRows) {
      sink(open.created().shards());
    }
    opened.tell(new ShardCommand.Request(open.request(), replyTo(open.link())));
    return this;
  }

  private ActorRef<ShardAnswer> replyTo(ActorRef<FromShard> link) {
    timers.cancel(Abandoned.INSTANCE);
    return links.replyTo(link);
  }

  private Behavior<EntityMessage> onAsk(ToShard.Ask ask) {
    Fence fence = ask.request().fence();
    ActorRef<ShardCommand> opened = shard;
    if (opened != null) {
      opened.tell(new ShardCommand.Request(ask.request(), replyTo(ask.link())));
    } else if (fence != null) {
      answer(ask.link(), new ShardReply.NotOpened(index, fence));
    }
    // Other requests are answered once the shard is open: they are sent again until then.
    return this;
  }

  /** Sends a reply that holds no values of users. */
  private void answer(ActorRef<FromShard> link, ShardReply reply) {
    replyTo(link);
    links.answer(
        index, link, Chunks.of(host.answers().write(0, new ShardAnswer(reply, null, null))));
  }

  private Behavior<EntityMessage> onRun(ToShard.Run run) {
    Fence fence = run.request().fence();
    ActorRef<ShardCommand> opened = shard;
    if (opened == null) {
      answer(run.link(), new ShardReply.NotOpened(index, fence));
    } else if (fence.equals(given)) {
      // The shard has the input; it only learns who asks.
      opened.tell(
          new ShardCommand.RunEpoch(run.request(), IncomingInput.NONE, replyTo(run.link())));
    } else if (!fence.equals(reading) && (incoming == null || !incoming.isFor(run))) {
      incoming = new IncomingInput(run, chunks);
      timers.startTimerWithFixedDelay(Tick.INSTANCE, TICK);
      request();
    }
    return this;
  }

  private Behavior<EntityMessage> onInputChunk(InputChunk chunk) {
    if (incoming != null && incoming.isOf(chunk.fence())) {
      incoming.take(chunk);
      request();
    }
    return this;
  }

  /** Requests what is missing of the input, or has it read once it is complete. */
  private Behavior<EntityMessage> request() {
    IncomingInput current = incoming;
    if (current == null) {
      timers.cancel(Tick.INSTANCE);
    } else if (current.isComplete()) {
      timers.cancel(Tick.INSTANCE);
      incoming = null;
      reading = current.run().request().fence();
      List<byte[]> parts = current.parts();
      host.conversions()
          .run(
              getContext(),
              () -> host.readInput(operator, parts),
              (input, failure) -> new InputRead(current.run(), input, failure));
    } else {
      current.request(host.spec().clock().monotonicMillis());
    }
    return this;
  }

  private Behavior<EntityMessage> onInputRead(InputRead read) {
    ToShard.Run run = read.run();
    ActorRef<ShardCommand> opened = shard;
    reading = null;
    if (read.input() == null) {
      fail(run.link(), run.request().fence(), "read its input", read.failure());
    } else if (opened != null) {
      given = run.request().fence();
      opened.tell(new ShardCommand.RunEpoch(run.request(), read.input(), replyTo(run.link())));
    }
    return this;
  }

  private Behavior<EntityMessage> onAnswer(Answer answer) {
    if (answer.answer().reply() instanceof ShardReply.Opened opened) {
      owner = opened.owner();
    }
    ShardAnswer sent = withoutKept(answer.answer());
    host.conversions()
        .run(
            getContext(),
            () -> Chunks.of(host.answers().write(operator, sent)),
            (chunks, failure) -> new AnswerWritten(answer.link(), sent.reply(), chunks, failure));
    return this;
  }

  /** Keeps the rows that are written here; returns what the coordinator gets. */
  private ShardAnswer withoutKept(ShardAnswer answer) {
    EpochOutput output = answer.output();
    if (!keepsRows || output == null || !(answer.reply() instanceof ShardReply.Done done)) {
      return answer;
    }
    requireNonNull(sink, "sink").keep(done.fence().epoch(), output.rows());
    return new ShardAnswer(
        done, new EpochOutput(List.of(), output.deadLetters(), output.inPages()), null);
  }

  private Behavior<EntityMessage> onOrderRange(ToShard.OrderRange order) {
    CompletionStage<RangeOutcome> outcome = sink(order.order().ranges()).carryOut(order.order());
    if (outcome != null) {
      getContext()
          .pipeToSelf(outcome, (done, failure) -> new RangeDone(order, requireNonNull(done)));
    }
    return this;
  }

  private ShardSink sink(int shards) {
    ShardSink known = sink;
    if (known == null) {
      known = new ShardSink(host, index, shards);
      sink = known;
    }
    return known;
  }

  private Behavior<EntityMessage> onRangeDone(RangeDone done) {
    RangeOrder order = done.order().order();
    requireNonNull(sink, "sink").done(order, done.outcome());
    done.order().link().tell(new FromShard.RangeAnswered(index, order.number(), done.outcome()));
    return this;
  }

  private Behavior<EntityMessage> onAnswerWritten(AnswerWritten written) {
    if (written.chunks() == null) {
      fail(written.link(), written.reply().fence(), "write its rows", written.failure());
    } else {
      links.answer(index, written.link(), written.chunks());
    }
    return this;
  }

  private void fail(
      ActorRef<FromShard> link, @Nullable Fence fence, String doing, @Nullable Throwable failure) {
    String text =
        "Shard [%d] must %s to run across nodes, failed: %s"
            .formatted(
                index, doing, failure == null ? "" : host.describe(Failures.unwrap(failure)));
    answer(link, new ShardReply.Failed(index, fence, ShardFailure.of(text)));
  }

  private Behavior<EntityMessage> onGiveAnswer(ToShard.GiveAnswer give) {
    links.give(index, give);
    return this;
  }

  private Behavior<EntityMessage> onLinkEnded(LinkEnded ended) {
    if (links.ended(ended.link())) {
      abandonLater();
    }
    return this;
  }

  private void abandonLater() {
    timers.startSingleTimer(Abandoned.INSTANCE, ABANDONED_AFTER);
  }

  private Behavior<EntityMessage> passivate() {
    sharding.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
    return this;
  }

  private Behavior<EntityMessage> onPostStop() {
    if (sink != null) {
      sink.close();
    }
    return this;
  }

  private Behavior<EntityMessage> onShardFailed(ChildFailed failed) {
    Throwable cause = failed.getCause();
    if (WriteConflicts.isConflict(cause)) {
      // Not a failure of the shard: what has not been answered is asked again, of its owner.
      LOG.info(
          "Query [{}]: another activation of shard [{}] owns its journal; activation [{}] on this"
              + " node has ended, the [{}] of the query to end so here",
          host.spec().name(),
          index,
          owner,
          host.countFenced());
    } else {
      links.tellAll(
          new FromShard.Ended(index, owner, host.describe(cause), JournalLosses.mayPass(cause)));
    }
    return Behaviors.stopped();
  }
}
