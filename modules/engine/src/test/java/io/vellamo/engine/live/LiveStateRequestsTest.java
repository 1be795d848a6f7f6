package io.vellamo.engine.live;

import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.GroupPage;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.protocol.query.GroupPosition;
import io.vellamo.engine.protocol.query.QueryRequest.ListGroups;
import io.vellamo.engine.protocol.query.QueryRequest.ReadGroup;
import io.vellamo.engine.shard.GroupContent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests for the groups of a query. */
final class LiveStateRequestsTest {
  private final LiveQuery one = LiveQuery.withStates("first");
  private final LiveQuery two = LiveQuery.withStates("first", "second");

  @Test
  void state_asksTheOnlyOperator_orTheOneThatIsNamed() {
    assertThat(one.live().state("a").toCompletableFuture().join()).isEmpty();
    assertThat(two.live().state("second", "b").toCompletableFuture().join()).isEmpty();

    assertThat(one.requests()).containsExactly(new ReadGroup(0, 0, key("a")));
    assertThat(two.requests()).containsExactly(new ReadGroup(0, 1, key("b")));
  }

  @Test
  void state_withoutAName_isRefused_ifThereAreTwoOperators() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> two.live().state("a"))
        .withMessage(
            "query [query] must have one stateful operator to be asked without the operator's name, has [first, second]; use state(operator, key)");
    assertThat(two.requests()).isEmpty();
  }

  @Test
  void groups_areListedInPages() {
    GroupPosition afterA = new GroupPosition(2, key("a"));
    two.answers(afterA, 0, content("a"));
    GroupPage page = two.live().groups("second", 1).toCompletableFuture().join();
    two.answers(
        null, 0, content("b"), GroupContent.of(key("c"), Optional.empty(), null, List.of(), null));
    GroupPage last =
        two.live().groups("second", page.next().orElseThrow(), 5).toCompletableFuture().join();

    assertThat(page.groups()).extracting(CommittedGroup::key).containsExactly("a");
    assertThat(last.groups()).extracting(CommittedGroup::key).containsExactly("b");
    assertThat(last.next()).isEmpty();
    assertThat(two.requests())
        .containsExactly(
            new ListGroups(0, 1, GroupPosition.FIRST, 1), new ListGroups(1, 1, afterA, 5));
  }

  @Test
  void limit_mustBeInItsRange() {
    LiveState live = one.live();

    for (int limit : new int[] {0, GroupPage.MAX_LIMIT + 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> live.groups("first", limit))
          .withMessageContaining("was [" + limit + "]");
    }
    assertThat(live.groups("first", GroupPage.MAX_LIMIT)).isCompleted();
  }

  private static GroupContent content(String text) {
    return new GroupContent(key(text), TestCodecs.NUMBERS.write(1), null, List.of(), null);
  }
}
