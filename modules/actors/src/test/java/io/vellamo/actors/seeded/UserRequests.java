package io.vellamo.actors.seeded;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.testkit.simulation.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The requests of users to a query. Each must be answered, except by a process that crashes. */
final class UserRequests {
  private final Dice dice;
  private final Consumer<String> trace;
  private final List<Request> open = new ArrayList<>();
  private final List<BlockedUser> users = new ArrayList<>();

  private int made;

  UserRequests(Dice dice, Consumer<String> trace) {
    this.dice = dice;
    this.trace = trace;
  }

  private static final class Request {
    private final String name;
    private boolean isAnswered;

    Request(String name) {
      this.name = name;
    }
  }

  /** Makes a request of any kind. */
  void any(Vellamo vellamo, StreamingQuery query) {
    switch (dice.below(5)) {
      case 0 -> note("idle", query.whenIdle(), ok -> {});
      case 1 -> {
        trace.accept("a user waits until everything available is processed");
        users.add(BlockedUser.start("processAllAvailable", query::processAllAvailable));
      }
      case 2 -> note("digests", vellamo.shardDigests(query.name()), digests -> {});
      default -> parkedGroups(query);
    }
  }

  /** Asks for parked groups, and for one or all of them to be called again. */
  void parkedGroups(StreamingQuery query) {
    note("parked groups", query.parkedGroups(), groups -> release(query, groups));
  }

  private void release(StreamingQuery query, List<ParkedGroup> groups) {
    trace.accept("%d groups are parked".formatted(groups.size()));
    for (ParkedGroup group : groups) {
      if (dice.coin()) {
        note("release", query.release(group.operator(), group.key()), ok -> {});
      } else {
        note("redrive", query.redrive(group.operator(), group.key()), ok -> {});
      }
    }
  }

  /** Stops a query. */
  void stop(StreamingQuery query) {
    trace.accept("a user stops the query");
    note("the end", query.whenTerminated(), ok -> {});
    users.add(BlockedUser.start("stop", query::stop));
  }

  /** Notes a request, and does something with its answer. */
  <T> void note(String what, CompletionStage<T> answer, Consumer<T> onAnswer) {
    made++;
    String name = what + " " + made;
    Request request = new Request(name);
    open.add(request);
    trace.accept("a user asks for " + name);
    answer.whenComplete(
        (value, failure) -> {
          request.isAnswered = true;
          // Users' threads may learn of the end of a query at the same time, in any order.
          if (failure == null) {
            trace.accept(name + ": answered");
            onAnswer.accept(value);
          }
        });
  }

  boolean areAnswered() {
    open.removeIf(request -> request.isAnswered);
    return open.isEmpty();
  }

  /** Checks that no user is blocked once the query has ended. */
  void requireReturned() {
    users.forEach(BlockedUser::requireReturned);
    users.clear();
  }

  /** Forgets requests to a process that has crashed. */
  void crash() {
    open.clear();
    users.forEach(BlockedUser::interrupt);
    users.clear();
  }

  @Override
  public String toString() {
    return open.stream().filter(each -> !each.isAnswered).map(each -> each.name).toList()
        + " and "
        + users.stream().filter(BlockedUser::isBlocked).toList();
  }

  /** A method of a query that blocks the calling thread. */
  interface BlockingCall {
    void run() throws InterruptedException, StreamingQueryException;
  }
}
