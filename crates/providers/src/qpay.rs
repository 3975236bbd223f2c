//! qpay
