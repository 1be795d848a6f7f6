package io.vellamo.connectors.pekko;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.source.Receipt;
import io.vellamo.connectors.pekko.TakenElements.Taken;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Elements {@code a}, {@code b} … whose contexts are the same texts. */
final class TakenElementsTest {
  private final TakenElements<String, String> elements = new TakenElements<>();

  @Test
  void contexts_comeOutInOrder_asFarAsEventsAreCommitted() {
    List<Taken<String, String>> offered = offer("a", "b", "c");
    offered.forEach(taken -> elements.stored(taken, Receipt.STORED));

    assertThat(elements.release(-1)).isEmpty();
    assertThat(elements.release(0)).isEmpty();
    assertThat(elements.release(2)).containsExactly("a", "b");
    assertThat(elements.release(2)).isEmpty();
    assertThat(elements.release(3)).containsExactly("c");
  }

  @Test
  void contexts_ofElementsThatAreNotStored_holdBackThoseBehindThem() {
    List<Taken<String, String>> offered = offer("a", "b");
    elements.stored(offered.get(1), Receipt.DUPLICATE);

    assertThat(elements.release(0)).isEmpty();
    assertThat(elements.areStored()).isFalse();
    elements.stored(offered.get(0), Receipt.DUPLICATE);

    assertThat(elements.release(0)).containsExactly("a", "b");
    assertThat(elements.areStored()).isTrue();
  }

  @Test
  void contexts_ofKnownElements_comeOutWithTheEventsBeforeThem() {
    List<Taken<String, String>> offered = offer("a", "known", "b");
    elements.stored(offered.get(0), Receipt.STORED);
    elements.stored(offered.get(1), Receipt.DUPLICATE);
    elements.stored(offered.get(2), Receipt.STORED);

    assertThat(elements.release(0)).isEmpty();
    assertThat(elements.release(1)).containsExactly("a", "known");
    assertThat(elements.release(2)).containsExactly("b");
  }

  @Test
  void elements_refusedByAClosedSource_areOfferedAgainInOrder_onceAllHaveAnAnswer() {
    List<Taken<String, String>> offered = offer("a", "b", "c");
    elements.refused(offered.get(1));
    elements.add("d", "d");

    elements.opened();
    assertThat(elements.takeUnoffered()).isEmpty();
    elements.refused(offered.get(2));
    assertThat(elements.takeUnoffered()).isEmpty();
    elements.refused(offered.get(0));

    assertThat(elements.takeUnoffered())
        .extracting(Taken::event)
        .containsExactly("a", "b", "c", "d");
    assertThat(elements.takeUnoffered()).isEmpty();
    assertThat(elements.areStored()).isFalse();
  }

  @Test
  void elements_storedBeforeTheSourceWasOpenedAgain_areCommittedWithWhatItHeldThen() {
    List<Taken<String, String>> offered = offer("a", "b");
    elements.stored(offered.get(0), Receipt.STORED);

    elements.opened();
    elements.stored(offered.get(1), Receipt.STORED);
    List<Taken<String, String>> next = offer("c");
    elements.stored(next.get(0), Receipt.STORED);

    assertThat(elements.release(-1)).isEmpty();
    assertThat(elements.release(0)).containsExactly("a", "b");
    assertThat(elements.release(1)).containsExactly("c");
  }

  @Test
  void elements_takenInWhileTheSourceIsClosed_waitForThoseWithoutAnAnswer() {
    List<Taken<String, String>> offered = offer("a");

    elements.opened();
    elements.add("b", "b");
    assertThat(elements.takeUnoffered()).isEmpty();
    elements.stored(offered.get(0), Receipt.DUPLICATE);

    assertThat(elements.takeUnoffered()).extracting(Taken::event).containsExactly("b");
  }

  private List<Taken<String, String>> offer(String... events) {
    for (String event : events) {
      elements.add(event, event);
    }
    return elements.takeUnoffered();
  }
}
