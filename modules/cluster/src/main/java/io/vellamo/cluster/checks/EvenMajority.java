package io.vellamo.cluster.checks;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The warning about a cluster that has an even number of nodes while Pekko's split brain resolver
 * keeps the majority. Logged once the nodes have not changed for as long as the resolver waits.
 */
final class EvenMajority extends AbstractBehavior<EvenMajority.Command> {
  /** A message of this actor to itself. */
  sealed interface Command {}

  private enum Changed implements Command {
    INSTANCE
  }

  private enum Settled implements Command {
    INSTANCE
  }

  private static final Logger LOG = LoggerFactory.getLogger(EvenMajority.class);
  private static final String RESOLVER = "pekko.cluster.split-brain-resolver";
  private static final String PROVIDER = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider";

  private final TimerScheduler<Command> timers;
  private final Duration settles;
  private final String role;
  // The number of nodes of which the log has warned; 0 if it has not since the number was odd.
  private long warnedOf;

  private EvenMajority(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Duration settles,
      String role) {
    super(context);
    this.timers = timers;
    this.settles = settles;
    this.role = role;
  }

  /** Watches the cluster of a system, if its strategy is to keep the majority. */
  static void watch(ActorSystem<?> system) {
    Config config = system.settings().config();
    boolean keepsMajority =
        config.getString("pekko.cluster.downing-provider-class").equals(PROVIDER)
            && config.getString(RESOLVER + ".active-strategy").equals("keep-majority");
    if (keepsMajority) {
      Duration settles = config.getDuration(RESOLVER + ".stable-after");
      String role = config.getString(RESOLVER + ".keep-majority.role");
      system.systemActorOf(create(settles, role), "vellamo-even-majority", Props.empty());
    }
  }

  private static Behavior<Command> create(Duration settles, String role) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  Cluster.get(context.getSystem())
                      .subscriptions()
                      .tell(
                          Subscribe.create(
                              context.messageAdapter(MemberEvent.class, event -> Changed.INSTANCE),
                              MemberEvent.class));
                  return new EvenMajority(context, timers, settles, role);
                }));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Changed.class, changed -> onChanged())
        .onMessage(Settled.class, settled -> onSettled())
        .build();
  }

  private Behavior<Command> onChanged() {
    timers.startSingleTimer(Settled.INSTANCE, settles);
    return this;
  }

  private Behavior<Command> onSettled() {
    long nodes =
        StreamSupport.stream(
                Cluster.get(getContext().getSystem()).state().getMembers().spliterator(), false)
            .filter(this::counts)
            .count();
    if (nodes % 2 != 0) {
      warnedOf = 0;
    } else if (nodes != warnedOf) {
      warnedOf = nodes;
      LOG.warn(
          "Number of nodes should be odd for the strategy [keep-majority], is [{}]: if half of them are lost, and the node with the lowest address is among these, the others shut down too; add or remove a node, or use another strategy of {}",
          nodes,
          RESOLVER);
    }
    return this;
  }

  private boolean counts(Member member) {
    return member.status().equals(MemberStatus.up()) && (role.isEmpty() || member.hasRole(role));
  }
}
