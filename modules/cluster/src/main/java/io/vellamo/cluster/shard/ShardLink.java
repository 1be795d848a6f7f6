package io.vellamo.cluster.shard;

import io.vellamo.actors.query.Shards;
import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.cluster.chunk.Chunk;
import io.vellamo.cluster.chunk.Chunks;
import io.vellamo.cluster.chunk.GiveInput;
import io.vellamo.cluster.chunk.InputPart;
import io.vellamo.cluster.chunk.PendingChunks;
import io.vellamo.cluster.shard.FromShard.Answered;
import io.vellamo.cluster.shard.LinkMessage.AnswerRead;
import io.vellamo.cluster.shard.LinkMessage.Begin;
import io.vellamo.cluster.shard.LinkMessage.Discard;
import io.vellamo.cluster.shard.LinkMessage.InputWritten;
import io.vellamo.cluster.shard.LinkMessage.InputsForgotten;
import io.vellamo.cluster.shard.LinkMessage.InputsHeld;
import io.vellamo.cluster.shard.LinkMessage.Send;
import io.vellamo.cluster.shard.LinkMessage.SendRun;
import io.vellamo.cluster.shard.LinkMessage.Tick;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.Deliveries;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.QueryInput;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator's end of the links to its shards: sends requests, again and again until they are
 * answered, and collects the answers.
 */
final class ShardLink extends AbstractBehavior<LinkMessage> {
  private static final Duration TICK = Duration.ofMillis(100);

  private final ShardHost host;
  private final ActorRef<ToShard> region;
  private final Shards.Observer observer;
  private final Deliveries deliveries;
  private final ActorRef<GiveInput> holder;
  private final RunInputs inputs = new RunInputs();
  // By shard: the last activation that has been opened.
  private final Map<Integer, Long> owners = new HashMap<>();
  // By shard: the answer that arrives.
  private final Map<Integer, IncomingAnswer> answers = new HashMap<>();
  // Set by Begin.
  private @Nullable QueryCreated created;
  // If ranges are written where their shards run.
  private @Nullable RangeOrders orders;

  private ShardLink(
      ActorContext<LinkMessage> context,
      TimerScheduler<LinkMessage> timers,
      ShardHost host,
      ActorRef<ToShard> region,
      Shards.Observer observer,
      Deliveries deliveries) {
    super(context);
    this.host = host;
    this.region = region;
    this.observer = observer;
    this.deliveries = deliveries;
    this.holder = context.messageAdapter(GiveInput.class, LinkMessage.Input::new);
    timers.startTimerWithFixedDelay(Tick.INSTANCE, TICK);
  }

  /**
   * Creates a coordinator's end of the links.
   *
   * @param region delivers to shards, wherever they run
   * @param observer is told of the answers
   * @param deliveries decides what is sent again
   */
  static Behavior<LinkMessage> create(
      ShardHost host, ActorRef<ToShard> region, Shards.Observer observer, Deliveries deliveries) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ShardLink(context, timers, host, region, observer, deliveries)));
  }

  @Override
  public Receive<LinkMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Begin.class, this::onBegin)
        .onMessage(Send.class, this::onSend)
        .onMessage(SendRun.class, this::onSendRun)
        .onMessage(InputWritten.class, this::onInputWritten)
        .onMessage(LinkMessage.Input.class, this::onInput)
        .onMessage(InputsHeld.class, this::onInputsHeld)
        .onMessage(InputsForgotten.class, this::onInputsForgotten)
        .onMessage(Discard.class, this::onDiscard)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(FromShard.AnswerChunk.class, this::onAnswerChunk)
        .onMessage(AnswerRead.class, this::onAnswerRead)
        .onMessage(FromShard.Ended.class, this::onEnded)
        .onMessage(LinkMessage.WriteRanges.class, this::onWriteRanges)
        .onMessage(LinkMessage.WriteRange.class, this::onWriteRange)
        .onMessage(LinkMessage.CommitRange.class, this::onCommitRange)
        .onMessage(FromShard.RangeAnswered.class, this::onRangeAnswered)
        .onMessage(Tick.class, tick -> onTick())
        .build();
  }

  private Behavior<LinkMessage> onBegin(Begin begin) {
    created = begin.created();
    return this;
  }

  private Behavior<LinkMessage> onSend(Send send) {
    deliveries.sent(send.shard(), send.request(), now());
    deliver(send.shard(), send.request());
    return this;
  }

  private Behavior<LinkMessage> onSendRun(SendRun run) {
    Fence fence = run.request().fence();
    EpochInput input = run.input();
    inputs.begin(run.shard(), fence);
    boolean isEmpty = input.events().isEmpty() && input.initial().isEmpty();
    if (isEmpty && inputs.areHeld(run.shard(), fence)) {
      return onInputWritten(new InputWritten(run.shard(), run.request(), List.of(), null));
    }
    host.conversions()
        .run(
            getContext(),
            () -> Chunks.of(host.forms().writeInput(operator(run.shard()), input)),
            (chunks, failure) -> new InputWritten(run.shard(), run.request(), chunks, failure));
    return this;
  }

  private Behavior<LinkMessage> onInputWritten(InputWritten written) {
    List<Chunk> chunks = written.chunks();
    if (chunks == null) {
      fail("writing the input of shard [%d]".formatted(written.shard()), written.failure());
    } else if (inputs.written(written.shard(), written.request().fence(), chunks)) {
      deliveries.sent(written.shard(), written.request(), now());
      deliver(written.shard(), written.request());
    }
    return this;
  }

  /** Notes where events are; if another reader has them now, the next delivery tells shards. */
  private Behavior<LinkMessage> onInputsHeld(InputsHeld held) {
    inputs.held(held.attempt(), held.parts());
    return this;
  }

  private Behavior<LinkMessage> onInputsForgotten(InputsForgotten forgotten) {
    inputs.forgotten(forgotten.attempt());
    return this;
  }

  private Behavior<LinkMessage> onDiscard(Discard discard) {
    deliveries.discarded(discard.epoch(), discard.attempt());
    inputs.discarded(discard.epoch(), discard.attempt());
    return this;
  }

  /** Returns the index of a shard's operator. */
  private int operator(int shard) {
    return shard / Objects.requireNonNull(created, "created").shards();
  }

  private void deliver(int shard, ShardRequest request) {
    ActorRef<FromShard> self = getContext().getSelf().narrow();
    if (request instanceof ShardRequest.Open open) {
      boolean keepsRows = orders != null && orders.isOfRange(shard);
      region.tell(
          new ToShard.Open(
              shard, Objects.requireNonNull(created, "created"), keepsRows, open, self));
    } else if (request instanceof ShardRequest.RunEpoch run) {
      List<InputPart> parts = inputs.parts(shard, run.fence(), holder);
      if (parts != null) {
        region.tell(new ToShard.Run(shard, run, parts, self));
      }
    } else {
      region.tell(new ToShard.Ask(shard, request, self));
    }
  }

  private Behavior<LinkMessage> onInput(LinkMessage.Input asked) {
    GiveInput give = asked.request();
    give.answer(inputs.own(give));
    return this;
  }

  private Behavior<LinkMessage> onAnswered(Answered answered) {
    IncomingAnswer answer = new IncomingAnswer(answered);
    answers.put(answered.shard(), answer);
    collect(answer);
    return this;
  }

  private Behavior<LinkMessage> onAnswerChunk(FromShard.AnswerChunk chunk) {
    IncomingAnswer answer = answers.get(chunk.shard());
    if (answer != null && answer.answered.answer() == chunk.answer()) {
      answer.chunks.take(chunk.number(), chunk.chunk());
      collect(answer);
    }
    return this;
  }

  /** Requests what is missing of an answer, or has it read once it is complete. */
  private void collect(IncomingAnswer answer) {
    int shard = answer.answered.shard();
    int from = answer.chunks.toRequest(now());
    if (from >= 0) {
      ActorRef<FromShard> self = getContext().getSelf().narrow();
      region.tell(new ToShard.GiveAnswer(shard, answer.answered.answer(), from, self));
    } else if (answer.chunks.isComplete()) {
      answers.remove(shard);
      byte[] bytes = answer.chunks.bytes();
      host.conversions()
          .run(
              getContext(),
              () -> host.answers().read(operator(shard), bytes),
              (read, failure) -> new AnswerRead(shard, read, failure));
    }
  }

  private Behavior<LinkMessage> onAnswerRead(AnswerRead read) {
    if (read.answer() == null) {
      fail("reading the answer of shard [%d]".formatted(read.shard()), read.failure());
    } else {
      tell(read.answer());
    }
    return this;
  }

  private void tell(ShardAnswer answer) {
    ShardReply reply = answer.reply();
    deliveries.replied(reply);
    if (reply instanceof ShardReply.Opened opened) {
      owners.merge(opened.shard(), opened.owner(), Math::max);
    }
    if (reply instanceof ShardReply.Done done) {
      inputs.done(done.shard(), done.fence());
      if (orders != null) {
        orders.ran(done.shard(), done.fence().epoch());
      }
    }
    observer.answers().tell(answer);
  }

  /**
   * Tells the query, unless that can't help: a former activation has failed, or one that is not
   * open yet and is asked again.
   */
  private Behavior<LinkMessage> onEnded(FromShard.Ended ended) {
    long owner = owners.getOrDefault(ended.shard(), 0L);
    if (ended.mayPass() && (owner == 0 || ended.owner() < owner)) {
      return this;
    }
    deliveries.forget(ended.shard());
    answers.remove(ended.shard());
    observer
        .io()
        .happened(
            new QueryInput.ShardLost(ended.shard(), new Problem(0, ended.text()), ended.mayPass()));
    return this;
  }

  private Behavior<LinkMessage> onTick() {
    for (Deliveries.Due due : deliveries.due(now())) {
      deliver(due.shard(), due.request());
    }
    List.copyOf(answers.values()).forEach(this::collect);
    if (orders != null) {
      orders.due(now()).forEach(region::tell);
    }
    return this;
  }

  private Behavior<LinkMessage> onWriteRanges(LinkMessage.WriteRanges write) {
    ActorRef<FromShard> self = getContext().getSelf().narrow();
    orders = new RangeOrders(self, write.ledger(), write.firstShard(), TICK.toMillis() * 5);
    return this;
  }

  private Behavior<LinkMessage> onWriteRange(LinkMessage.WriteRange write) {
    region.tell(orders().write(write.range(), write.epoch(), now()));
    return this;
  }

  private Behavior<LinkMessage> onCommitRange(LinkMessage.CommitRange commit) {
    region.tell(orders().commit(commit.range(), commit.epoch(), now()));
    return this;
  }

  private Behavior<LinkMessage> onRangeAnswered(FromShard.RangeAnswered answered) {
    QueryInput input = orders().answered(answered);
    if (input != null) {
      observer.io().happened(input);
    }
    return this;
  }

  private RangeOrders orders() {
    return Objects.requireNonNull(orders, "orders");
  }

  private void fail(String doing, @Nullable Throwable failure) {
    String text = failure == null ? "" : host.describe(Failures.unwrap(failure));
    observer.io().happened(new QueryInput.Failed(doing, new Problem(0, text)));
  }

  private long now() {
    return host.spec().clock().monotonicMillis();
  }

  /** An answer of a shard while it arrives. */
  private static final class IncomingAnswer {
    private final Answered answered;
    private final PendingChunks chunks;

    IncomingAnswer(Answered answered) {
      this.answered = answered;
      this.chunks = new PendingChunks(answered.chunks());
      chunks.take(0, answered.first());
    }
  }
}
