package io.github.autol2.theory;

import io.github.autol2.numbers.Check;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/** What a kernel matrix must be: finite, square, symmetric, positive semi-definite. */
final class KernelMatrix {

    /** Asymmetry up to this part of the largest entry, and negative eigenvalues up to this part of the largest, are taken for rounding. */
    static final double ROUNDING = 1e-9;

    private KernelMatrix() {}

    /** The matrix, made exactly symmetric. */
    static RealMatrix checked(double[][] kernel) {
        if (kernel.length == 0) {
            throw new IllegalArgumentException("a kernel must have at least 1 row, got none");
        }
        double largest = 0;
        for (int row = 0; row < kernel.length; row++) {
            requireLength("row " + row + " of the kernel", kernel[row], kernel.length);
            for (double entry : kernel[row]) {
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        RealMatrix matrix = MatrixUtils.createRealMatrix(kernel.length, kernel.length);
        for (int row = 0; row < kernel.length; row++) {
            for (int column = 0; column <= row; column++) {
                double entry = kernel[row][column];
                double mirrored = kernel[column][row];
                if (Math.abs(entry - mirrored) > ROUNDING * largest) {
                    throw new IllegalArgumentException("a kernel must be symmetric, got " + entry + " in row " + row
                            + ", column " + column + " and " + mirrored + " in row " + column + ", column " + row);
                }
                matrix.setEntry(row, column, (entry + mirrored) / 2);
                matrix.setEntry(column, row, (entry + mirrored) / 2);
            }
        }
        return matrix;
    }

    /** The eigenvalues of a kernel, with negative ones that are rounding set to 0. */
    static RealVector withoutRounding(double[] eigenvalues) {
        RealVector clean = new ArrayRealVector(eigenvalues);
        double rounding = ROUNDING * clean.getLInfNorm();
        for (int i = 0; i < eigenvalues.length; i++) {
            if (eigenvalues[i] < -rounding) {
                throw new IllegalArgumentException(
                        "a kernel must be positive semi-definite, got the eigenvalue " + eigenvalues[i]);
            }
            clean.setEntry(i, Math.max(0, eigenvalues[i]));
        }
        return clean;
    }

    static void requireLength(String name, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(name + " must have " + length + " numbers, got " + values.length);
        }
        for (double value : values) {
            Check.finite(name, value);
        }
    }
}
