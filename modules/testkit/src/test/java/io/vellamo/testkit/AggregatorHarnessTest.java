package io.vellamo.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.TypeRef;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Aggregators that keep the laws, and one that breaks each of them. */
final class AggregatorHarnessTest {
  /** Lists the words; its buffers are changed in place. */
  private static class Words implements Aggregator<String, List<String>, String> {
    @Override
    public List<String> zero() {
      return new ArrayList<>();
    }

    @Override
    public List<String> reduce(List<String> words, String word) {
      words.add(word);
      return words;
    }

    @Override
    public List<String> merge(List<String> left, List<String> right) {
      left.addAll(right);
      return left;
    }

    @Override
    public String finish(List<String> words) {
      return String.join(" ", words);
    }

    @Override
    public StateType<List<String>> bufferType() {
      return StateType.of(new TypeRef<List<String>>() {});
    }
  }

  @Test
  void lawfulAggregators_pass() {
    assertThatCode(() -> AggregatorHarness.of(new Words()).check("a", "b", "c", "d"))
        .doesNotThrowAnyException();
    AggregatorHarness.of(Aggregates.sumOfLongs(Long::longValue).aggregator()).check(3L, -7L, 4L);
    AggregatorHarness.of(Aggregates.<String>count().aggregator()).check("a", "b", "c");
  }

  @Test
  void mergeThatLosesTheRight_isNamedWithItsEvents() {
    expect(
        new Words() {
          @Override
          public List<String> merge(List<String> left, List<String> right) {
            return left;
          }
        },
        "zero must be neutral on the left of merge; for events [a] of [");
  }

  @Test
  void mergeInTheWrongOrder_isFound() {
    expect(
        new Words() {
          @Override
          public List<String> merge(List<String> left, List<String> right) {
            left.addAll(0, right);
            return left;
          }
        },
        "merge must give what reduce gives for all events in order [first 1 | other 1]; for events [a, b]");
  }

  @Test
  void mergeThatReturnsItsRight_isFound() {
    expect(
        new Words() {
          @Override
          public List<String> merge(List<String> left, List<String> right) {
            right.addAll(0, left);
            return right;
          }
        },
        "merge must not change its right side");
  }

  @Test
  void sharedZero_isFound() {
    List<String> shared = new ArrayList<>();
    expect(
        new Words() {
          @Override
          public List<String> zero() {
            return shared;
          }
        },
        "zero must return a new buffer each time if reduce changes it; for events [a] of [");
  }

  @Test
  void finishThatChangesTheBuffer_isFound() {
    expect(
        new Words() {
          @Override
          public String finish(List<String> words) {
            String text = super.finish(words);
            words.add("end");
            return text;
          }
        },
        "finish must not change the buffer, as more events may follow");
  }

  @Test
  void zeroThatIsNotNeutral_isFound() {
    expect(
        new Words() {
          @Override
          public List<String> zero() {
            return new ArrayList<>(List.of("zero"));
          }
        },
        "zero must be neutral on the left of merge; for events []");
  }

  @Test
  void nullBuffer_isFound() {
    expect(
        new Words() {
          @Override
          @SuppressWarnings("NullAway") // the fault
          public List<String> merge(List<String> left, List<String> right) {
            return null;
          }
        },
        "merge must not return null; for events [] of [");
  }

  @Test
  void deductThatDoesNotUndoMerge_isFound() {
    expect(
        new Words() {
          @Override
          public boolean isDeductible() {
            return true;
          }

          @Override
          public List<String> deduct(List<String> words, List<String> removed) {
            return words;
          }
        },
        "deduct must undo merge [first 1 of 2]; for events [a, b]");
  }

  private static void expect(Words faulty, String message) {
    assertThatThrownBy(() -> AggregatorHarness.of(faulty).check("a", "b", "c"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }
}
