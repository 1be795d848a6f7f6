package io.vellamo.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class ReusedWriterTest {
  /** A value; below zero it can't be written, and fails in the middle. */
  public record Value(String text, long number) {
    /** Fails behind what has been written. */
    @SuppressWarnings("unused") // a property
    public long getLast() {
      if (number < 0) {
        throw new IllegalStateException("not below zero");
      }
      return number;
    }
  }

  private static final byte[] FRONT = {1, 2, 3};
  private static final byte[] NONE = {};

  private final ObjectMapper mapper = JacksonMappers.checking();
  private final ReusedWriter writer = new ReusedWriter(mapper.writerFor(Value.class));

  @Test
  void values_areWrittenAsByAGeneratorOfTheirOwn() throws IOException {
    for (int i = 0; i < 100; i++) {
      Value value = new Value("x".repeat(i), i);

      assertThat(writer.write(NONE, value)).isEqualTo(mapper.writeValueAsBytes(value));
    }
  }

  @Test
  void front_standsBeforeTheValue() throws IOException {
    Value value = new Value("a", 1);
    writer.write(FRONT, value);

    byte[] written = writer.write(FRONT, value);

    assertThat(written).startsWith(FRONT).endsWith(mapper.writeValueAsBytes(value));
    assertThat(written).hasSize(FRONT.length + mapper.writeValueAsBytes(value).length);
  }

  @Test
  void failure_leavesNothingForTheNextValue() throws IOException {
    writer.write(NONE, new Value("a", 1));
    assertThatThrownBy(() -> writer.write(FRONT, new Value("secret", -1)))
        .isInstanceOf(IOException.class);

    Value value = new Value("b", 2);
    assertThat(writer.write(NONE, value)).isEqualTo(mapper.writeValueAsBytes(value));
  }

  @Test
  void largeValue_isWrittenWhole() throws IOException {
    Value large = new Value("x".repeat(1_000_000), 1);
    Value small = new Value("y", 2);

    assertThat(writer.write(NONE, large)).isEqualTo(mapper.writeValueAsBytes(large));
    assertThat(writer.write(NONE, small)).isEqualTo(mapper.writeValueAsBytes(small));
  }

  @Test
  void manyThreads_getTheirOwnBytes() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int task = 0; task < 200; task++) {
        Value value = new Value("value " + task, task);
        byte[] expected = mapper.writeValueAsBytes(value);
        tasks.add(() -> Arrays.equals(writer.write(NONE, value), expected));
      }
      for (Future<Boolean> right : threads.invokeAll(tasks)) {
        assertThat(right.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }
}
