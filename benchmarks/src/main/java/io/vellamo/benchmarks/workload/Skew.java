package io.vellamo.benchmarks.workload;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * The distribution from which the keys of a data set are drawn.
 *
 * @param exponent 0 if all keys are equally likely; else the key of rank r, from 0, has the weight
 *     1/(r + 1)^exponent
 */
public record Skew(double exponent) {
  /** All keys equally likely. */
  public static final Skew UNIFORM = new Skew(0);

  private static final String ZIPF = "zipf:";

  /** Parses the text of {@link #toString}, for the command line. */
  public static Skew parse(String text) {
    if (text.equals("uniform")) {
      return UNIFORM;
    }
    if (!text.startsWith(ZIPF)) {
      throw new IllegalArgumentException(
          "skew must be [uniform] or [zipf:EXPONENT], was [%s]".formatted(text));
    }
    return new Skew(Double.parseDouble(text.substring(ZIPF.length())));
  }

  /** Returns a function that draws ranks below a number of keys. */
  ToIntFunction<SplittableRandom> ranks(int keys) {
    if (exponent == 0) {
      return random -> random.nextInt(keys);
    }
    double[] cumulated = new double[keys];
    double sum = 0;
    for (int rank = 0; rank < keys; rank++) {
      sum += Math.pow(rank + 1, -exponent);
      cumulated[rank] = sum;
    }
    double total = sum;
    return random -> {
      int found = Arrays.binarySearch(cumulated, random.nextDouble() * total);
      return Math.min(keys - 1, found < 0 ? -found - 1 : found);
    };
  }

  @Override
  public String toString() {
    return exponent == 0 ? "uniform" : ZIPF + exponent;
  }
}
