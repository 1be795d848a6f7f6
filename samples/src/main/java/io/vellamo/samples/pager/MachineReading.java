package io.vellamo.samples.pager;

import java.time.Instant;

/**
 * A reading of a machine's temperature.
 *
 * @param machine the machine's name
 * @param celsius the temperature
 * @param time when it was measured
 */
public record MachineReading(String machine, double celsius, Instant time) {}
