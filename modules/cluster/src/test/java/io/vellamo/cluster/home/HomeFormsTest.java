package io.vellamo.cluster.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.cluster.message.MessageForm;
import io.vellamo.cluster.message.MessageFormsContract;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.protocol.query.QueryNews;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.engine.shard.ParkRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class HomeFormsTest extends MessageFormsContract {
  private static final UUID HANDLE = new UUID(1, 2);
  private static final UUID HOME = new UUID(3, 4);
  private static final UUID RUN = new UUID(5, 6);

  @Override
  protected List<MessageForm<?>> forms() {
    return HomeForms.all();
  }

  @Override
  protected List<ClusterMessage> messages() {
    return List.of(
        new HomeCommand.Register(
            HANDLE,
            RUN,
            7,
            "pekko://nodes@127.0.0.1:2551",
            new Fingerprint(List.of("query [q]", "sink [s]")),
            ref("handle")),
        new HomeCommand.Ask(
            HANDLE,
            3,
            new QueryRequest.Park(4, 1, GroupKey.of(new byte[] {1, 2}), ParkRequest.Kind.REDRIVE)),
        new HomeCommand.StopRun(HANDLE, Duration.ofSeconds(30)),
        new HomeCommand.HeardEnd(HANDLE),
        new HandleCommand.Registered(
            7, HOME, RUN, ref("home"), List.of(new QueryNews.Started(RUN), new QueryNews.Idle())),
        new HandleCommand.Refused("other definition"),
        new HandleCommand.Told(HOME, new QueryNews.Status("Waiting", true, false)),
        new HandleCommand.Answered(4, 1, true, new byte[] {1, 2, 3}),
        new HandleCommand.RunEnded(new RunOutcome("it failed", 9, "a call"), ref("home")));
  }

  @Test
  void messagesWithoutOptionalParts_areReadAsTheyAre() {
    for (ClusterMessage message :
        List.of(
            new HomeCommand.Register(
                HANDLE, null, 1, "here", new Fingerprint(List.of()), ref("handle")),
            new HandleCommand.RunEnded(RunOutcome.STOPPED, ref("home")))) {
      assertThat(sent(message)).isEqualTo(message);
    }
  }
}
