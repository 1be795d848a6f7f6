package io.vellamo.samples.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that the user types, each followed by Enter.
 *
 * <p><b>Threading</b> {@link #next} is called by one thread; another one reads.
 */
final class TypedNumbers {
  private final BlockingQueue<Integer> numbers = new LinkedBlockingQueue<>();

  private TypedNumbers() {}

  /** Reads numbers until the input ends; other lines are ignored. */
  static TypedNumbers from(InputStream input) {
    TypedNumbers typed = new TypedNumbers();
    Thread reader = new Thread(() -> typed.read(input), "typed-numbers");
    reader.setDaemon(true);
    reader.start();
    return typed;
  }

  private void read(InputStream input) {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(input, Charset.defaultCharset()));
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.strip().matches("[0-9]{1,3}")) {
          numbers.add(Integer.valueOf(line.strip()));
        }
      }
    } catch (IOException e) {
      return; // As if it had ended.
    }
  }

  /** Waits for the next number; returns null if there is none within a time. */
  @Nullable Integer next(Duration most) throws InterruptedException {
    return numbers.poll(most.toMillis(), TimeUnit.MILLISECONDS);
  }
}
