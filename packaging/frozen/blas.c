/* OpenCV's linear algebra, done by numpy's.
 *
 * Both wheels bring an OpenBLAS of their own, with kernels for every processor: 40 MB and 26 MB. OpenCV calls the 19
 * functions below, which count in 32 bits; numpy's library has all of them, with names of its own, and counts in 64.
 * This stands in the place, and under the name, of OpenCV's. Pivots come back in 32 bits; work space of integers is
 * numpy's to use and nobody's to read.
 *
 * Source: LAPACK's reference for the arguments; scipy-openblas64 for the names. A character's length comes last.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

typedef int32_t small;
typedef int64_t wide;

#define GEMM(letter, scale, type)                                                                                      \
    void scipy_cblas_##letter##gemm64_(small, small, small, wide, wide, wide, scale, const type *, wide, const type *, \
                                       wide, scale, type *, wide);                                                     \
    void cblas_##letter##gemm(small order, small ta, small tb, small m, small n, small k, scale alpha, const type *a,  \
                              small lda, const type *b, small ldb, scale beta, type *c, small ldc)                     \
    {                                                                                                                  \
        scipy_cblas_##letter##gemm64_(order, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);                    \
    }

GEMM(s, float, float)
GEMM(d, double, double)
GEMM(c, const void *, void)
GEMM(z, const void *, void)

/* LAPACK's way of saying that a call failed, for memory that is not there. */
#define NO_MEMORY (-1000)

static wide *space(size_t number)
{
    return malloc((number ? number : 1) * sizeof(wide));
}

static size_t least(small m, small n)
{
    small less = m < n ? m : n;
    return less > 0 ? (size_t)less : 0;
}

static void hand_over(small *pivots, wide *found, size_t number)
{
    for (size_t each = 0; each < number; each++)
        pivots[each] = (small)found[each];
    free(found);
}

#define LAPACK(type, letter)                                                                                           \
    void scipy_##letter##gesv_64_(wide *, wide *, type *, wide *, wide *, type *, wide *, wide *);                     \
    void letter##gesv_(small *n, small *rhs, type *a, small *lda, small *pivots, type *b, small *ldb, small *info)     \
    {                                                                                                                  \
        wide N = *n, RHS = *rhs, LDA = *lda, LDB = *ldb, INFO = NO_MEMORY, *found = space(least(*n, *n));              \
        if (found) {                                                                                                   \
            scipy_##letter##gesv_64_(&N, &RHS, a, &LDA, found, b, &LDB, &INFO);                                        \
            hand_over(pivots, found, INFO < 0 ? 0 : least(*n, *n));                                                    \
        }                                                                                                              \
        *info = (small)INFO;                                                                                           \
    }                                                                                                                  \
    void scipy_##letter##getrf_64_(wide *, wide *, type *, wide *, wide *, wide *);                                    \
    void letter##getrf_(small *m, small *n, type *a, small *lda, small *pivots, small *info)                           \
    {                                                                                                                  \
        wide M = *m, N = *n, LDA = *lda, INFO = NO_MEMORY, *found = space(least(*m, *n));                              \
        if (found) {                                                                                                   \
            scipy_##letter##getrf_64_(&M, &N, a, &LDA, found, &INFO);                                                  \
            hand_over(pivots, found, INFO < 0 ? 0 : least(*m, *n));                                                    \
        }                                                                                                              \
        *info = (small)INFO;                                                                                           \
    }                                                                                                                  \
    void scipy_##letter##posv_64_(char *, wide *, wide *, type *, wide *, type *, wide *, wide *, size_t);             \
    void letter##posv_(char *half, small *n, small *rhs, type *a, small *lda, type *b, small *ldb, small *info)        \
    {                                                                                                                  \
        wide N = *n, RHS = *rhs, LDA = *lda, LDB = *ldb, INFO = 0;                                                     \
        scipy_##letter##posv_64_(half, &N, &RHS, a, &LDA, b, &LDB, &INFO, 1);                                          \
        *info = (small)INFO;                                                                                           \
    }                                                                                                                  \
    void scipy_##letter##potrf_64_(char *, wide *, type *, wide *, wide *, size_t);                                    \
    void letter##potrf_(char *half, small *n, type *a, small *lda, small *info)                                        \
    {                                                                                                                  \
        wide N = *n, LDA = *lda, INFO = 0;                                                                             \
        scipy_##letter##potrf_64_(half, &N, a, &LDA, &INFO, 1);                                                        \
        *info = (small)INFO;                                                                                           \
    }                                                                                                                  \
    void scipy_##letter##gels_64_(char *, wide *, wide *, wide *, type *, wide *, type *, wide *, type *, wide *,      \
                                  wide *, size_t);                                                                     \
    void letter##gels_(char *turned, small *m, small *n, small *rhs, type *a, small *lda, type *b, small *ldb,         \
                       type *work, small *lwork, small *info)                                                          \
    {                                                                                                                  \
        wide M = *m, N = *n, RHS = *rhs, LDA = *lda, LDB = *ldb, LWORK = *lwork, INFO = 0;                             \
        scipy_##letter##gels_64_(turned, &M, &N, &RHS, a, &LDA, b, &LDB, work, &LWORK, &INFO, 1);                      \
        *info = (small)INFO;                                                                                           \
    }                                                                                                                  \
    void scipy_##letter##geqrf_64_(wide *, wide *, type *, wide *, type *, type *, wide *, wide *);                    \
    void letter##geqrf_(small *m, small *n, type *a, small *lda, type *tau, type *work, small *lwork, small *info)     \
    {                                                                                                                  \
        wide M = *m, N = *n, LDA = *lda, LWORK = *lwork, INFO = 0;                                                     \
        scipy_##letter##geqrf_64_(&M, &N, a, &LDA, tau, work, &LWORK, &INFO);                                          \
        *info = (small)INFO;                                                                                           \
    }                                                                                                                  \
    void scipy_##letter##gesdd_64_(char *, wide *, wide *, type *, wide *, type *, type *, wide *, type *, wide *,     \
                                   type *, wide *, wide *, wide *, size_t);                                            \
    void letter##gesdd_(char *job, small *m, small *n, type *a, small *lda, type *s, type *u, small *ldu, type *vt,    \
                        small *ldvt, type *work, small *lwork, small *integers, small *info)                           \
    {                                                                                                                  \
        wide M = *m, N = *n, LDA = *lda, LDU = *ldu, LDVT = *ldvt, LWORK = *lwork, INFO = NO_MEMORY;                   \
        wide *iwork = space(8 * least(*m, *n));                                                                        \
        (void)integers;                                                                                                \
        if (iwork)                                                                                                     \
            scipy_##letter##gesdd_64_(job, &M, &N, a, &LDA, s, u, &LDU, vt, &LDVT, work, &LWORK, iwork, &INFO, 1);     \
        free(iwork);                                                                                                   \
        *info = (small)INFO;                                                                                           \
    }

LAPACK(float, s)
LAPACK(double, d)

void scipy_dgeev_64_(char *, char *, wide *, double *, wide *, double *, double *, double *, wide *, double *, wide *,
                     double *, wide *, wide *, size_t, size_t);
void dgeev_(char *left, char *right, small *n, double *a, small *lda, double *wr, double *wi, double *vl, small *ldvl,
            double *vr, small *ldvr, double *work, small *lwork, small *info)
{
    wide N = *n, LDA = *lda, LDVL = *ldvl, LDVR = *ldvr, LWORK = *lwork, INFO = 0;
    scipy_dgeev_64_(left, right, &N, a, &LDA, wr, wi, vl, &LDVL, vr, &LDVR, work, &LWORK, &INFO, 1, 1);
    *info = (small)INFO;
}
