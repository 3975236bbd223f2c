# Lines of an invoice and how each was made.

## How it was made. $quantity, $price: of one, $share: before VAT is added, $amount: in the end

made-one-off-vat-included = { $quantity } × { $price } ₮ = { $amount } ₮, VAT included
made-one-off-vat-added = { $quantity } × { $price } ₮ = { $share } ₮; + VAT 10 % = { $amount } ₮
made-one-off-no-vat = { $quantity } × { $price } ₮ = { $amount } ₮, no VAT
made-imported = Carried over from the previous system: { $amount } ₮
line-imported = Charges for { $month }
