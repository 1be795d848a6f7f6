/**
 * Contract suites that every source and every sink must pass; they need JUnit and AssertJ.
 *
 * <p>Read first: {@link io.vellamo.testkit.contract.SourceContract}, {@link
 * io.vellamo.testkit.contract.SinkContract}.
 */
@NullMarked
package io.vellamo.testkit.contract;

import org.jspecify.annotations.NullMarked;
