# Lines of an invoice and how each was made.

## How it was made. $quantity, $price: of one, $share: before VAT is added, $amount: in the end

made-one-off-vat-included = { $quantity } × { $price } ₮ = { $amount } ₮, VAT included
made-one-off-vat-added = { $quantity } × { $price } ₮ = { $share } ₮; + VAT 10 % = { $amount } ₮
made-one-off-no-vat = { $quantity } × { $price } ₮ = { $amount } ₮, no VAT
made-imported = Carried over from the previous system: { $amount } ₮
line-imported = Charges for { $month }

## A line of a sheet that is brought along. $row: its number, $code: the invoice's, $contract: the contract's, $month

import-contract-unknown = Row { $row }: there is no signed contract { $contract } ({ $code }, { $month }).
import-code-taken = Row { $row }: invoice { $code } is there with another contract, month or amount ({ $contract }, { $month }).
import-month-billed = Row { $row }: contract { $contract } has its bill of { $month } already ({ $code }).
